/** Answer files and settings in our own words, for the tests of answer files. */
import type { MacAddress } from "../../src/notation/mac.ts";
import type { AnswerInterface } from "../../src/unattend/components.ts";
import { NO_IPV6 } from "../../src/windows/settings/ipv6.ts";
import { DHCP } from "../support/models.ts";

export const MAC = "00-50-56-A7-1B-22" as MacAddress;
export const OTHER_MAC = "00-50-56-A7-1B-23" as MacAddress;

/** Everything that an answer file can say of an adapter. */
export const FULL: AnswerInterface = {
  mac: MAC,
  settings: {
    ipv4: {
      mode: "static",
      addresses: [
        { address: "10.0.0.5", prefixLength: 24 },
        { address: "10.0.0.6", prefixLength: 32 },
      ],
      gateways: [
        { address: "10.0.0.1", metric: 0 },
        { address: "10.0.0.2", metric: 7 },
      ],
      dnsServers: ["10.0.0.3", "10.0.0.4"],
      dnsSuffix: "corp.example",
      interfaceMetric: 15,
    },
    ipv6: { ...NO_IPV6, dnsServers: ["2001:db8::3"] },
    netbios: { option: 2, winsServers: ["10.0.0.8", "10.0.0.9"] },
    raw: [
      { name: "RegistrationEnabled", value: { type: "REG_DWORD", data: 0 } },
      { name: "RegisterAdapterName", value: { type: "REG_DWORD", data: 1 } },
    ],
  },
};

/** An address and nothing else. */
export function plain(mac: MacAddress, address = "10.0.0.9"): AnswerInterface {
  return {
    mac,
    settings: { ...DHCP, ipv4: { ...DHCP.ipv4, mode: "static", addresses: [{ address, prefixLength: 24 }] } },
  };
}

/** As a person keeps one: comments, tabs, CR LF, entities, CDATA, other passes and components, an entry of our own kind and one by name. */
export const RICH: string = `<?xml version='1.0' encoding="utf-8" standalone='yes'?>
<!-- kept by the lab; do not sort -->
<unattend xmlns="urn:schemas-microsoft-com:unattend"
\txmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State">
\t<servicing/>
\t<settings pass="windowsPE">
\t\t<component name="Microsoft-Windows-Setup" processorArchitecture="amd64"><UserData><AcceptEula>true</AcceptEula></UserData></component>
\t</settings>
\t<settings pass="specialize">
\t\t<!-- the adapters -->
\t\t<component name="Microsoft-Windows-TCPIP" processorArchitecture="amd64" publicKeyToken="31bf3856ad364e35" language="neutral" versionScope="nonSxS">
\t\t\t<Interfaces>
\t\t\t\t<Interface wcm:action="add"><Identifier>Ethernet 7</Identifier></Interface>
\t\t\t\t<Interface wcm:action="add">
\t\t\t\t\t<Ipv4Settings><DhcpEnabled>true</DhcpEnabled></Ipv4Settings>
\t\t\t\t\t<Identifier> 00:50:56:a7:1b:22 </Identifier><!-- ours -->
\t\t\t\t</Interface>
\t\t\t\t<Interface wcm:action="add"><Identifier>02-00-00-00-00-01</Identifier></Interface>
\t\t\t\t<!-- the end of the adapters -->
\t\t\t</Interfaces>
\t\t</component>
\t\t<component name="Microsoft-Windows-Shell-Setup" processorArchitecture="amd64">
\t\t\t<ComputerName>B&#252;ro &amp; Lager</ComputerName>
\t\t\t<RegisteredOwner><![CDATA[a < b]]></RegisteredOwner>
\t\t</component>
\t</settings>
\t<cpi:offlineImage cpi:source="wim:c:/x.wim" xmlns:cpi="urn:schemas-microsoft-com:cpi" />
</unattend>
<!-- behind the root -->
`.replaceAll("\n", "\r\n");
