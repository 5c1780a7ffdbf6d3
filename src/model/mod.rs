// SPDX-License-Identifier: EUPL-1.2
//! From the files of a folder to a programme whose figures are typed and calculated.
//!
//! [`folder`] reads files, [`yaml`] and [`decode`] make [`records`] of them, [`programme`] builds the
//! typed programme: [`figures`] by path, [`table`]s, texts. Every value knows its place.
//!
//! Not here: rules about what is right, wording and layout, templates.

pub mod basis;
pub mod date;
pub mod decode;
pub mod figures;
pub mod folder;
pub mod formula;
pub mod images;
pub mod outline;
pub mod programme;
pub mod provenance;
pub mod quantity;
pub mod records;
pub mod table;
pub mod visibility;
pub mod yaml;

pub use figures::{FigureId, Figures};
pub use programme::Programme;
