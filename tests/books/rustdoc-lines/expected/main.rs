# use a::b;
fn main() {
    b();
# hidden();
    c();
}
