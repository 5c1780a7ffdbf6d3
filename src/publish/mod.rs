// SPDX-License-Identifier: EUPL-1.2
//! The public version of a programme.

pub mod internal;
pub mod model;
pub mod proof;
pub mod secrecy;
pub mod texts;
