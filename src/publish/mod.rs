// SPDX-License-Identifier: EUPL-1.2
//! The public version of a programme, and that nothing else comes out.
//!
//! [`internal`] tells what is internal, [`model`] builds what may be seen from an allow-list, [`secrecy`]
//! hides small counts and what would give them away, [`gate`] says what stands against publishing.
//! [`opendata`], [`protocol`] and [`accessibility`] write what goes with the document; [`proof`] searches
//! all of it for what is internal ([`texts`]); [`editions`] tells what was shown before.
//!
//! Not here: rendering, file formats of the document, and writing to the disk.

pub mod accessibility;
pub mod editions;
pub mod gate;
pub mod internal;
pub mod model;
pub mod opendata;
pub mod proof;
pub mod protocol;
pub mod secrecy;
pub mod texts;
