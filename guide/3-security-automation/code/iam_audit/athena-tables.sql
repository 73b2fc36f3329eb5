-- Two tables over the bucket. The name of the bucket is the only thing to change.
CREATE EXTERNAL TABLE iam_findings (
  account string, kind string, severity string, who string, arn string, detail string
)
PARTITIONED BY (run string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://example-iam-audit/findings/'
TBLPROPERTIES ('projection.enabled' = 'true', 'projection.run.type' = 'date', 'projection.run.format' = 'yyyy-MM-dd',
  'projection.run.range' = '2026-11-01,NOW', 'storage.location.template' = 's3://example-iam-audit/findings/run=${run}/');

CREATE EXTERNAL TABLE iam_accounts (
  account string, outcome string, reason string, unit string, owner string
)
PARTITIONED BY (run string)
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
LOCATION 's3://example-iam-audit/accounts/'
TBLPROPERTIES ('projection.enabled' = 'true', 'projection.run.type' = 'date', 'projection.run.format' = 'yyyy-MM-dd',
  'projection.run.range' = '2026-11-01,NOW', 'storage.location.template' = 's3://example-iam-audit/accounts/run=${run}/');
