class Anchors {
    // ANCHOR: one
    int one = 1;
    // ANCHOR_END: one
}
