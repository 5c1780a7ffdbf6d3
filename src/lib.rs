// SPDX-License-Identifier: EUPL-1.2
//! amip writes the yearly labour market and integration programme of a German Jobcenter from
//! structured data and prose, and checks that its figures agree.
//!
//! The way of the data: [`model`] reads a folder and calculates its figures, [`check`] finds
//! contradictions, [`render`] fills a template and joins it with texts and tables to a document of
//! [`tree`], [`write`](mod@write) turns that into Markdown, PDF and HTML. [`explain`] tells how a
//! figure came about and what depends on it, [`compare`] what differs between two programmes,
//! [`publish`] what of one the public may see. [`diag`] carries findings, [`law`] holds dated law,
//! [`cli`] is the only room that reads arguments, prints, and writes files.

pub mod check;
pub mod cli;
pub mod compare;
pub mod diag;
pub mod explain;
pub mod law;
pub mod model;
pub mod publish;
pub mod render;
pub mod tree;
pub mod write;
