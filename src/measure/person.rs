//! A sentence on impact into whether it names somebody who is harmed, and not only data, systems or attackers.

use super::listed;

/// People, in the singular and lower case; plurals and possessives of them count too. Those who do harm
/// (attackers, thieves) are not among them, nor are "you", who reads, and companies, which feel nothing.
const PEOPLE: &str = "
    administrator adult agent analyst applicant auditor author borrower buyer bystander candidate cardholder citizen
    claimant clinician colleague competitor consumer contractor courier creator customer depositor developer doctor
    donor driver employee engineer family friend guest holder household individual investigator kid learner listener
    maintainer manager member merchant neighbor neighbour nurse operator owner parent participant passenger patient
    payer pensioner player pupil recipient renter resident retailer reviewer rider seller sender shopper streamer
    student subscriber supplier survivor teacher teenager tenant traveler traveller uploader user vendor victim
    viewer visitor voter";

/// People whose plural has a form of its own, or who are many.
const PLURALS: &str = "
    baby babies child children families everybody everyone man men nobody ourselves people person persons staff team
    teams we woman women";

/// People of whom a sentence speaks only when "else" follows: "somebody else's card".
const OTHERS: &str = "anybody anyone somebody someone";

/// Words before a person that make a machine of it: "the database user".
const MACHINES: &str = "
    connection daemon database db device graphics jdbc key linux package password postgres process root secret
    secrets service session sql system unix";

/// Words behind a person that make a thing of it: "user agent", "seller id", "tenant bug".
const THINGS: &str = "account agent bug id ids identifier interface name names page role story table";

/// Whether `text` names somebody who is harmed. It goes by a closed list of words (customers, members, buyers,
/// patients, engineers, families, "our team", …), in any case, singular, plural or possessive, and cannot tell
/// who does what: "a customer sets the price" names one too. "Anybody" is mostly the attacker ("anybody may
/// post") and counts only behind "as" or before "else"; so does "someone". A "database user" or a "user agent" is
/// nobody.
#[must_use]
pub fn is_named(text: &str) -> bool {
    let words = words(text);
    words.iter().enumerate().any(|(index, (word, speaks))| {
        let before = index.checked_sub(1).map_or("", |before| words[before].0.as_str());
        let behind = words.get(index + 1).map_or("", |(word, _)| word.as_str());
        let owned = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"));
        let word = owned.unwrap_or(word);
        let singular = word.strip_suffix('s').unwrap_or(word);
        let person = listed(PEOPLE, word) || listed(PEOPLE, singular);
        let machine = listed(MACHINES, before) || before == "user" && singular == "agent";
        let thing = owned.is_none() && (machine || listed(THINGS, behind));
        let other = listed(OTHERS, word) && (before == "as" || is_else(behind));
        *speaks && (person && !thing || listed(PLURALS, word) || other)
    })
}

/// The words of `text` in lower case, and whether each is a word of a sentence: code between backticks, addresses
/// and paths are none, and of a compound only the last part is ("account-holder"); "cross-tenant" and
/// "customer-facing" tell how something is.
fn words(text: &str) -> Vec<(String, bool)> {
    let mut words = Vec::new();
    let mut code = false;
    let closed = text.matches('`').count().is_multiple_of(2);
    for chunk in text.split_whitespace() {
        let ticks = chunk.matches('`').count();
        let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric() && c != '/');
        let address = bare.starts_with('/') || bare.contains(['_', '@', '=', '.', '\\', ':']);
        let sentence = !address && !(closed && (code || ticks > 0));
        code ^= ticks % 2 == 1;
        for compound in bare.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-')) {
            let parts: Vec<String> = compound
                .split('-')
                .map(|part| part.trim_matches(['\'', '’']).to_lowercase())
                .filter(|part| !part.is_empty())
                .collect();
            let relates = parts.len() > 1 && listed("cross inter multi non per single", &parts[0]);
            let last = parts.len();
            words.extend((1..).zip(parts).map(|(number, part)| (part, sentence && !relates && number == last)));
        }
    }
    words
}

fn is_else(word: &str) -> bool {
    matches!(word, "else" | "else's" | "else’s")
}

#[cfg(test)]
mod tests {
    use super::is_named;

    #[test]
    fn people_are_known_in_all_forms() {
        for text in [
            "Any signed-in customer reads any balance.",
            "CUSTOMERS’ cards",
            "another seller’s total",
            "honest buyers",
            "Families lose their photos",
            "our team works the weekend",
            "children",
            "the account holder pays",
            "The service is down for everyone.",
            "signs in as anyone whose address is known",
            "Someone else’s saved card pays.",
            "the user's agent",
            "we pay",
            "(`id` is free) customers/sellers, account-holders",
            "a customer's `id`",
            "Victims.",
        ] {
            assert!(is_named(text), "{text:?}");
        }
    }

    #[test]
    fn data_systems_and_attackers_are_nobody() {
        for text in [
            "",
            "Balances are writable.",
            "The attacker writes any row that the database user may write.",
            "Anyone on the network writes a token.",
            "somebody will switch it off",
            "the user agent and the tenant id",
            "A thief’s session outlives the reset.",
            "You can post.",
            "`viewer` and `any customer` in /data/sellers/42, x.customer, user_id, patient=1",
            "a cross-tenant, customer-facing, user-supplied thing",
            "the device driver, the password manager and the worker",
            "disuse, steam, usable, weed",
            "\r\n’ — 東京",
        ] {
            assert!(!is_named(text), "{text:?}");
        }
    }
}
