import assert from "node:assert/strict";
import { groupsThatRead } from "../../../src/domain/checks/windows_access.ts";

const OWNER = "S-1-5-21-1004336348-1177238915-682003330-1001";

Deno.test("who can read a file is told by its access list, as icacls saves it", () => {
  const cases: [sddl: string, groups: string[]][] = [
    // C:\Users\a\.aws\credentials: the system, administrators and the user.
    [`credentials\r\nD:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;${OWNER})\r\n`, []],
    // In a folder of C:\.
    [
      "credentials\r\nD:AI(A;ID;FA;;;BA)(A;ID;FA;;;SY)(A;ID;0x1200a9;;;BU)(A;ID;0x1301bf;;;AU)\r\n",
      ["Users", "Authenticated Users"],
    ],
    ["x\r\nD:PAI(A;;FR;;;WD)(A;;FR;;;S-1-1-0)(A;;FA;;;BA)\r\n", ["Everyone"]],
    // Denied, of what is inside only, and to write only.
    ["x\r\nD:(D;;FA;;;WD)(A;OICIIO;FA;;;BU)(A;;0x100116;;;AU)(A;;FW;;;IU)\r\n", []],
    ["", []],
  ];
  for (const [sddl, groups] of cases) assert.deepEqual(groupsThatRead(sddl), groups, sddl);
});
