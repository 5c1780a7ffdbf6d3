// SPDX-License-Identifier: EUPL-1.2
//! The public version: nothing internal comes out, nothing secret can be computed, nothing is half
//! written.

mod canaries;
mod secrecy;
mod support;
