// SPDX-License-Identifier: EUPL-1.2
//! The public version of a programme.

pub mod accessibility;
pub mod gate;
pub mod images;
pub mod internal;
pub mod model;
pub mod opendata;
pub mod proof;
pub mod protocol;
pub mod secrecy;
pub mod texts;
