-- region coverage
SELECT run, COUNT(*) AS accounts,
  SUM(CASE WHEN outcome = 'audited' THEN 1 ELSE 0 END) AS audited,
  SUM(CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END) AS failed
FROM iam_accounts
GROUP BY run
ORDER BY run;
-- endregion coverage

-- region groups
SELECT a.unit, a.owner, f.severity, COUNT(*) AS findings
FROM iam_findings f
JOIN iam_accounts a ON a.run = f.run AND a.account = f.account
WHERE f.run = '2026-11-26'
GROUP BY a.unit, a.owner, f.severity
ORDER BY a.unit, a.owner, f.severity;
-- endregion groups

-- region gone
SELECT old.account, old.kind, old.who, old.detail,
  CASE WHEN a.outcome = 'audited' THEN 'mended' ELSE 'not known' END AS now
FROM iam_findings old
JOIN iam_accounts a ON a.run = '2026-11-26' AND a.account = old.account
LEFT JOIN iam_findings new ON new.run = '2026-11-26' AND new.account = old.account
  AND new.kind = old.kind AND new.arn = old.arn AND new.detail = old.detail
WHERE old.run = '2026-11-25' AND new.account IS NULL
ORDER BY old.account, old.kind, old.who, old.detail;
-- endregion gone
