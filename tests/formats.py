"""A small file of every format that there is a reader for, written by hand."""

AS_REL_1 = """\
# input clique: 10 20
# IXP ASes: 1200
10|20|0
10|100|-1
20|100|-1
20|200|-1
200|100|0
200|64512|-1
"""

AS_REL_2 = """\
# source:topology|BGP|20191201|ripe|rrc00
10|20|0|bgp
10|100|-1|bgp,mlp
20|200|-1|bgp
300|200|0|mlp
"""

IHR = """\
0 Other ZZ
10 Communications RU
20 Other EU
100 Academic KZ
99999 Other US
"""

AS_RANK = (
    "1\t10\tFirst Carrier, LLC\tru\t3\n"
    "2\t20\tSecond Carrier\teu\t3\n"
    "3\t100\t\tkz\t1\n"
    '4\t200\tIsle "Net" Oy\tfi\t1\n'
)

LIBLOC = '''\
asn,name,country,ipv4_addresses
10,FIRST,RU,1024
20,"Second, Inc.",SE,512
100,,ZZ,256
200,"ООО ""Остров""",FI,0
'''

AS_ORG2INFO = """\
# name: AS Org
# some random values
# format:org_id|changed|org_name|country|source
FIRST-RIPE|20120130|First Carrier, LLC|RU|RIPE
SECOND-ARIN|20130405|Second Carrier|US|ARIN
NOWHERE-ARIN||Nowhere||ARIN
# format:aut|changed|aut_name|org_id|opaque_id|source
10|20120224|FIRST-AS|FIRST-RIPE|e5e3b9c1_RIPE|RIPE
20|20120224||SECOND-ARIN||ARIN
100|20120224|LOST-AS|GONE-ARIN||ARIN
200|20120224|NOWHERE-AS|NOWHERE-ARIN||ARIN
"""

RIR = """\
2|ripencc|1575158399|8|19830705|20191130|+0100
ripencc|*|asn|*|5|summary
ripencc|*|ipv4|*|2|summary
ripencc|*|ipv6|*|1|summary
ripencc|RU|asn|10|1|19930901|allocated|0a1b
ripencc|KZ|asn|100|3|20010101|assigned|0a1c
ripencc|EU|asn|20|1|19930901|allocated|0a1d
ripencc||asn|200|1||available|
ripencc|ZZ|asn|300|1||reserved|
ripencc|FR|ipv4|2.0.0.0|1048576|20100712|allocated|0a1e
ripencc||ipv4|5.134.16.0|2048||available
ripencc|FR|ipv6|2001:660::|32|19990826|allocated|0a1f
"""

PFX2AS = (
    "1.0.0.0\t16\t10\n"  # 65,536, less the three below
    "1.0.0.0\t24\t20_10\n"  # 128 each
    "1.0.1.0\t24\t20,100\n"  # an AS set
    "1.0.2.0\t24\t100_200,300\n"
    "0.0.0.0\t0\t300\n"
)

ASN_RANGES = """\
16777216,16777471,10,"First Carrier, LLC"
16777472,16777727,20,Second Carrier
16777728,16777983,0,Not routed
16778240,16779263,10,First again
"""

COUNTRY_RANGES = """\
16777216,16777471,RU
16777472,16777727,SE
16778240,16779263,KZ
33554432,33554687,ZZ
"""

IXS = """\
# {"dataset": "ixs"}
{"ix_id": 1, "name": "First &amp; Only IX", "country": "RU", "city": "Moscow", "latitude": "55.7"}
{"ix_id": 2, "name": "IX d&#39;Abidjan", "country": "C\u00f4te d&#39;Ivoire", "sources": ["pch"]}
{"ix_id": 3, "name": "Somewhere IX", "country": "Middle-earth"}
{"ix_id": 9, "name": "Twin IX", "country": "DE"}
{"ix_id": 9, "name": "Other Twin IX", "country": "AT"}
"""

IX_ASNS = """\
{"asn": 10, "ipv4": ["192.0.2.1"], "ipv6": [], "ix_id": 1}
{"asn": 10, "ipv4": ["192.0.2.2"], "ipv6": [], "ix_id": 1}
{"asn": 0, "ipv4": ["192.0.2.3"], "ipv6": [], "ix_id": 1}
{"asn": 20, "ipv4": [], "ipv6": [], "ix_id": 2}
{"asn": 77, "ipv4": [], "ipv6": [], "ix_id": 2}
{"asn": 20, "ipv4": [], "ipv6": [], "ix_id": 9}
"""

AS_ORG2INFO_JSON = """\
{"type":"ASN","asn":"10","name":"FIRST-AS","organizationId":"FIRST-RIPE","opaqueId":"x"}
{"type":"Organization","organizationId":"FIRST-RIPE","name":"First Carrier, LLC","country":"RU"}
{"type":"ASN","asn":20,"name":"","organizationId":"SECOND-ARIN","changed":"20190101"}
{"type":"Organization","organizationId":"SECOND-ARIN","name":"Second Carrier","country":"EU"}
{"type":"ASN","asn":"100","name":"LOST-AS","organizationId":"GONE-ARIN"}
{"type":"Contact","organizationId":"FIRST-RIPE"}
"""

APNIC_USERS = """\
{ "copyright" : "(C) APNIC", "Date" : "01/12/2019", "Window" : 60,
  "Data" : [
    { "rank" : 1, "AS" : 10, "Description" : "FIRST", "CC" : "RU", "Users" : 1200, "Samples" : 9 },
    { "rank" : 2, "AS" : 100, "Description" : "", "CC" : "KZ", "Users" : 300, "Samples" : 2 },
    { "rank" : 3, "AS" : 10, "Description" : "FIRST", "CC" : "KZ", "Users" : 34, "Samples" : 1 }
  ] }
"""

OWN_NETWORKS = """\
asn,country,name,organisation,addresses,users
10,RU,First,"First Carrier, LLC",1024,1200
AS20,Sweden,,Second Carrier,512,
100,,,,,0
"""

VRPS = """\
ASN,IP Prefix,Max Length,Trust Anchor
AS10,1.0.0.0/16,20,apnic
AS0,9.0.0.0/8,8,arin
"""

STATE_OWNED = """\
asn,state,source,ownership_percentage
10,AE,https://example.org/annual-report,
20,Sweden,https://example.org/owners,39.5
100,KZ,,
100,RU,,
"""

OWN_RANGES = """\
range,country
10.0.0.0/23,RU
10.0.2.0/24,Sweden
10.0.3.0/24,Atlantis
10.1.0.0-10.1.0.127,KZ
"""

OWN_LINKS = """\
a,b,kind
10,20,peering
10,100,transit
AS20,200,p2c
"""

#: By the name of the reader's module.
OWN_CABLES = """\
cable,place,country
Reed,Tallinn,EE
Reed,Helsinki,Finland
"Stone, old",Hiiumaa,EE
Reed,Tallinn,EE
Kelp,Somewhere,
"""

SAMPLES = {
    "as_rel_serial1": AS_REL_1,
    "as_rel_serial2": AS_REL_2,
    "ihr_classified_as": IHR,
    "as_rank": AS_RANK,
    "libloc": LIBLOC,
    "as_org2info": AS_ORG2INFO,
    "rir_delegated": RIR,
    "pfx2as": PFX2AS,
    "asn_ranges": ASN_RANGES,
    "country_ranges": COUNTRY_RANGES,
    "caida_ixs": IXS,
    "caida_ix_asns": IX_ASNS,
    "as_org2info_json": AS_ORG2INFO_JSON,
    "apnic_users": APNIC_USERS,
    "own_networks": OWN_NETWORKS,
    "own_links": OWN_LINKS,
    "own_ranges": OWN_RANGES,
    "own_cables": OWN_CABLES,
    "state_owned": STATE_OWNED,
    "vrps": VRPS,
}
