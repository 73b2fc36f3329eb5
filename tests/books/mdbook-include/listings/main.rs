// ANCHOR: all
fn main() {
    // ANCHOR: here
    let balance = 40;
    // ANCHOR_END: here
    println!("{balance}");
}
// ANCHOR_END: all
