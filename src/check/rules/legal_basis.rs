// SPDX-License-Identifier: EUPL-1.2
//! Stub.
pub(in crate::check) const RULE: crate::check::Rule =
    crate::check::Rule { code: "legal_basis", run: crate::check::Run::Data(|_| Vec::new()) };
