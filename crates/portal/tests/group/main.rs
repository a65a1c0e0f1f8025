//! Pages of a course group and of a service, asked as a browser asks.

#[expect(dead_code, reason = "the operator's pages need more of the world")]
#[path = "../world/mod.rs"]
mod world;

mod dots;
mod guide;
mod roster;
mod service;
mod shared;
mod words;

use crate::world::World;

/// Members besides the two of every world: with them the group has fourteen doctors.
const OTHERS: [u32; 12] = [
    9_144_911, 9_144_912, 9_144_913, 9_144_914, 9_144_915, 9_144_916, 9_144_917, 9_144_918,
    9_144_919, 9_144_920, 9_144_921, 9_144_922,
];

/// A world whose group is drawn beside the edition of 2025.
async fn large() -> World {
    World::with(&OTHERS).await
}
