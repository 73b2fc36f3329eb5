fn main() {
    greet();
}
// ANCHOR: greet
fn greet() {
    println!("hello");
}
// ANCHOR_END: greet
