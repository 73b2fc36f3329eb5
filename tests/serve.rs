//! `prepbook serve` as browsers and others on the machine meet it: the real program, asked over a socket of this machine.
//! Nothing is decided by how long it took, but for bounds so wide that only what is stuck exceeds them.

mod common;

#[path = "serve/addresses.rs"]
mod addresses;
#[path = "serve/answers.rs"]
mod answers;
#[path = "serve/client.rs"]
mod client;
#[path = "serve/events.rs"]
mod events;
#[path = "serve/life.rs"]
mod life;
#[path = "serve/load.rs"]
mod load;
#[path = "serve/odd.rs"]
mod odd;
#[path = "serve/outside.rs"]
mod outside;
#[path = "serve/published.rs"]
mod published;
#[path = "serve/refusals.rs"]
mod refusals;
#[path = "serve/saves.rs"]
mod saves;
#[path = "serve/server.rs"]
mod server;
