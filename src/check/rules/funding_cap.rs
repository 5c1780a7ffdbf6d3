// SPDX-License-Identifier: EUPL-1.2
//! Services that may take a share of the integration funds only, § 46 Abs. 2 SGB II as it stood.
//!
//! Not here: limits of the house.

use rust_decimal::Decimal;

use crate::check::key_amounts::{amount, bound, euro, is_unit, key};
use crate::check::{Rule, Run};
use crate::diag::{Disagreement, Finding};
use crate::model::Programme;
use crate::model::programme::Measure;
use crate::model::quantity::{Interval, UnitName, decimal};
use crate::tree::walk;

/// The code of its findings.
const CODE: &str = "foerdergrenze";

/// See `docs/regeln.md`.
pub(in crate::check) const RULE: Rule =
    Rule { code: CODE, run: Run::Data(|programme| services(programme).into_iter().collect()) };

/// Whether a legal basis names one of these sections of the SGB II.
fn based_on(measure: &Measure, sections: &[String]) -> bool {
    // Without a legal basis of its own the name may say it: "Freie Förderung (§ 16f SGB II)".
    let name = walk::plain(&measure.name);
    let law = measure.law.as_ref().map_or(name.as_str(), |law| law.value.as_str());
    if !law.contains('§') {
        return false;
    }
    // What stands behind "i. V. m." is not what is granted.
    let text = law.split("i.").next().unwrap_or_default().to_lowercase();
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let other = text.contains("sgb") && !words.windows(2).any(|pair| pair == ["sgb", "ii"]);
    // "§§ 16e bis 16f", "§ 16f Abs. 1 SGB II", "16 e"
    let joined = words.windows(2).map(<[&str]>::concat);
    !other
        && joined
            .chain(words.iter().map(|word| (*word).to_owned()))
            .any(|word| sections.contains(&word))
}

fn services(programme: &Programme) -> Option<Finding> {
    let (bound, share) = bound(programme, CODE)?;
    let key = key(programme, "eingliederungstitel")?;
    let funds = amount(programme, key.figure).filter(|funds| is_unit(funds, &UnitName::Euro))?;
    let mut sum = Interval::exact(Decimal::ZERO);
    let (mut nominal, mut parts) = (Decimal::ZERO, Vec::new());
    for measure in programme.measures.iter().filter(|one| based_on(one, &bound.sections)) {
        let Some(id) = measure.figure("mittelansatz") else { continue };
        let counts = programme.figures.outcome(id).counts;
        let Some(amount) =
            amount(programme, id).filter(|one| counts && is_unit(one, &UnitName::Euro))
        else {
            continue;
        };
        sum = sum.plus(amount.interval)?;
        nominal = nominal.checked_add(amount.nominal)?;
        parts.push((measure, amount.nominal));
    }
    let most = |funds: Decimal| funds.checked_mul(share)?.checked_div(Decimal::ONE_HUNDRED);
    if sum.low? <= most(funds.interval.high?)? {
        return None;
    }
    let (stated, allowed) = (euro(nominal), euro(most(funds.nominal)?));
    let message = format!(
        "Für {} sind {stated} vorgesehen, mehr als {}\u{a0}% der Eingliederungsmittel.",
        bound.label,
        decimal(share, 0)
    );
    let mut finding = Finding::warning(CODE, message).at(key.span, "Eingliederungsmittel");
    for (measure, amount) in parts {
        finding = finding.label(measure.span, format!("zählt mit {}", euro(amount)));
    }
    finding.disagreement = Some(Disagreement {
        stated,
        computed: allowed,
        difference: Some(format!("+{}", euro(nominal - most(funds.nominal)?))),
        source: "höchstens",
    });
    let finding = finding.hint(format!("Grundlage: {}.", bound.source));
    Some(finding.hint_if(bound.open.clone()))
}
