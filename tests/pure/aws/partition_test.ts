import assert from "node:assert/strict";
import {
  isSameRole,
  partitionOfArn,
  partitionOfRegion,
  usualRegionOf,
} from "../../../src/domain/aws/partition.ts";
import { checkRegion } from "../../../src/domain/aws/region.ts";

const PARTITIONS: [partition: string, usual: string, others: string[]][] = [
  ["aws", "us-east-1", ["eu-central-1", "us-west-2", "ap-southeast-3", "il-central-1", "mx-central-1"]],
  ["aws-cn", "cn-north-1", ["cn-northwest-1"]],
  ["aws-us-gov", "us-gov-west-1", ["us-gov-east-1"]],
  ["aws-iso", "us-iso-east-1", ["us-iso-west-1"]],
  ["aws-iso-b", "us-isob-east-1", ["us-isob-west-1"]],
  ["aws-iso-e", "eu-isoe-west-1", []],
  ["aws-iso-f", "us-isof-south-1", ["us-isof-east-1"]],
  ["aws-eusc", "eusc-de-east-1", []],
];
for (const [partition, usual, others] of PARTITIONS) {
  Deno.test(`regions such as ${usual} are of partition ${partition}, which proposes it`, () => {
    for (const region of [usual, ...others]) {
      assert.equal(partitionOfRegion(region), partition, region);
      assert.equal(checkRegion(region, "--region"), region);
    }
    assert.equal(usualRegionOf(partition), usual);
  });
}

Deno.test("a region that nobody knows yet is of partition aws, and a partition that nobody knows proposes us-east-1", () => {
  for (const region of ["", "xx-new-1", "cn", "us-government-1", "eu-iso-1"]) {
    assert.equal(partitionOfRegion(region), "aws", region);
  }
  for (const partition of ["", "aws-new", "AWS-CN"]) assert.equal(usualRegionOf(partition), "us-east-1");
});

Deno.test("an ARN says its partition, and what is no ARN says none", () => {
  const cases: [arn: string, partition: string | undefined][] = [
    ["arn:aws:iam::123456789012:mfa/alice", "aws"],
    ["arn:aws-cn:iam::123456789012:user/alice", "aws-cn"],
    ["arn:aws-us-gov:sts::123456789012:assumed-role/r/s", "aws-us-gov"],
    ["arn:aws-iso-b:iam::123456789012:root", "aws-iso-b"],
    ["GAHT12345678", undefined],
    ["", undefined],
    ["arn:", undefined],
    ["arn::iam::123456789012:root", undefined],
    ["an arn:aws:iam::123456789012:root", undefined],
  ];
  for (const [arn, partition] of cases) assert.equal(partitionOfArn(arn), partition, arn);
});

Deno.test("a session is of a role by partition, account and name; the path is not in its ARN", () => {
  const session = "arn:aws-cn:sts::123456789012:assumed-role/admin/alice";
  const same = ["arn:aws-cn:iam::123456789012:role/admin", "arn:aws-cn:iam::123456789012:role/a/b/admin"];
  const others = [
    "arn:aws:iam::123456789012:role/admin",
    "arn:aws-cn:iam::210987654321:role/admin",
    "arn:aws-cn:iam::123456789012:role/admin/x",
    "arn:aws-cn:iam::123456789012:role/xadmin",
    "arn:aws-cn:iam::123456789012:user/admin",
    "",
  ];
  for (const arn of same) assert.equal(isSameRole(session, arn), true, arn);
  for (const arn of others) assert.equal(isSameRole(session, arn), false, arn);
  assert.equal(isSameRole("arn:aws:sts::123456789012:federated-user/x", ""), false);
});
