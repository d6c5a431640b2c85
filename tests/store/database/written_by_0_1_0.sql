COPY public.alert (org_id, id, version, rule, site_id, item_id, lot_id, severity, status, raised_at, resolved_at, facts) FROM stdin;
2	6	2	out_of_stock	3	4	0	critical	acknowledged	2026-11-30 20:21:59.482595+00	\N	{"low": "5", "sku": "POSTER", "site": "online", "available": "0"}
\.
COPY public.api_key (org_id, id, version, key_hash, name, role, sites, expires_at, revoked) FROM stdin;
2	1	1	2ca015d7ed3b53fe3c03b5529258ecc6804566e2040150ed904d4664c26f7083	ann	admin	[]	\N	f
2	24	2	ac81016d5c8085a4148bdb482d9e28b033c19c212c21b872247c43b2cca5f8db	till-7	clerk	["london"]	\N	t
\.
COPY public.product (org_id, id, version, code, name, retired, options) FROM stdin;
2	11	1	FLAT-WHITE	Flat white	f	[]
2	20	2	SHIRT	Shirt	f	[["size", "S"], ["size", "M"]]
\.
COPY public.item (org_id, id, version, sku, name, product_id, measure, pick_policy, retired, price, vat_rate, options) FROM stdin;
1	7	1	BEANS	Espresso beans	\N	kg	fefo	f	\N	0	[]
1	8	1	OAT-MILK	Oat milk	\N	litre	fefo	f	\N	0	[]
1	9	1	MUG	Blue mug	\N	piece	fefo	f	\N	0	[]
1	10	1	GIFT-BOX	Gift box	\N	piece	fefo	f	\N	0	[]
2	4	2	POSTER	Poster	\N	piece	fefo	f	15000000	20000000	[]
2	14	1	GRINDER	Coffee grinder	\N	piece	fefo	f	240000000	20000000	[]
2	15	1	BEANS	Coffee beans	\N	g	fefo	f	\N	0	[]
2	16	1	MILK	Whole milk	\N	ml	fefo	f	\N	0	[]
2	17	1	HESSIAN	Hessian	\N	m	fefo	f	9000000	20000000	[]
2	18	1	CUP	Paper cup	\N	piece	fefo	f	\N	0	[]
2	21	1	SHIRT-S	Shirt S	20	piece	fefo	f	25000000	20000000	[["size", "S"]]
2	22	1	SHIRT-M	Shirt M	20	piece	fefo	f	25000000	20000000	[["size", "M"]]
2	12	2	MUG	Blue mug, 300 ml	\N	piece	fefo	f	12000000	20000000	[]
\.
COPY public.barcode (org_id, id, version, code, item_id) FROM stdin;
2	13	1	4006381333931	12
\.
COPY public.brand (org_id, id, version, name) FROM stdin;
2	40	1	Fazenda Azul
\.
COPY public.change (org_id, number, line, entity, entity_id, action, before, after) FROM stdin;
1	1	1	site	1	created	\N	{"code":"depot","id":1,"name":"Depot","retired":false,"version":1}
1	1	2	site	2	created	\N	{"code":"cafe-north","id":2,"name":"Cafe North","retired":false,"version":1}
1	1	3	site	3	created	\N	{"code":"cafe-south","id":3,"name":"Cafe South","retired":false,"version":1}
1	1	4	site	4	created	\N	{"code":"web-shop","id":4,"name":"Web shop","retired":false,"version":1}
1	1	5	location	5	created	\N	{"bin":null,"code":"A-1","id":5,"rack":null,"retired":false,"shelf":null,"site_id":1,"version":1,"zone":null}
1	1	6	location	6	created	\N	{"bin":null,"code":"COLD-1","id":6,"rack":null,"retired":false,"shelf":null,"site_id":1,"version":1,"zone":null}
1	1	7	item	7	created	\N	{"id":7,"measure":"kg","name":"Espresso beans","options":[],"pick_policy":"fefo","price":null,"product_id":null,"retired":false,"sku":"BEANS","vat_rate":0,"version":1}
1	1	8	item	8	created	\N	{"id":8,"measure":"litre","name":"Oat milk","options":[],"pick_policy":"fefo","price":null,"product_id":null,"retired":false,"sku":"OAT-MILK","vat_rate":0,"version":1}
1	1	9	item	9	created	\N	{"id":9,"measure":"piece","name":"Blue mug","options":[],"pick_policy":"fefo","price":null,"product_id":null,"retired":false,"sku":"MUG","vat_rate":0,"version":1}
1	1	10	item	10	created	\N	{"id":10,"measure":"piece","name":"Gift box","options":[],"pick_policy":"fefo","price":null,"product_id":null,"retired":false,"sku":"GIFT-BOX","vat_rate":0,"version":1}
1	2	1	lot	11	created	\N	{"brand_id":null,"category":null,"code":"MILK-EARLY","cost_max":null,"cost_min":null,"cost_mode":null,"expires_on":"2026-12-09","grade":null,"id":11,"item_id":8,"label":null,"payment_terms":null,"received_at":"2026-11-30T20:21:34.158346+00:00","status":"LIVE","status_since":"2026-11-30T20:21:34.158346+00:00","strain_id":null,"subcategory":null,"unit_cost":null,"vendor_id":null,"version":1}
1	2	2	holding	12	opened	\N	{"floor":0,"id":12,"item_id":8,"location_id":6,"lot_id":11,"site_id":1,"unit_id":null}
1	2	3	evidence	12	batch	\N	{"batch":"BCH-MILK-EARLY-000001","lot":"MILK-EARLY","site":"depot"}
1	3	1	lot	13	created	\N	{"brand_id":null,"category":null,"code":"MILK-LATE","cost_max":null,"cost_min":null,"cost_mode":null,"expires_on":"2026-12-30","grade":null,"id":13,"item_id":8,"label":null,"payment_terms":null,"received_at":"2026-11-30T20:21:34.263609+00:00","status":"LIVE","status_since":"2026-11-30T20:21:34.263609+00:00","strain_id":null,"subcategory":null,"unit_cost":null,"vendor_id":null,"version":1}
1	3	2	holding	14	opened	\N	{"floor":0,"id":14,"item_id":8,"location_id":6,"lot_id":13,"site_id":1,"unit_id":null}
1	3	3	evidence	14	batch	\N	{"batch":"BCH-MILK-LATE-000001","lot":"MILK-LATE","site":"depot"}
1	4	1	lot	15	created	\N	{"brand_id":null,"category":null,"code":"BEANS-7","cost_max":null,"cost_min":null,"cost_mode":null,"expires_on":"2027-06-18","grade":null,"id":15,"item_id":7,"label":null,"payment_terms":null,"received_at":"2026-11-30T20:21:34.306587+00:00","status":"LIVE","status_since":"2026-11-30T20:21:34.306587+00:00","strain_id":null,"subcategory":null,"unit_cost":null,"vendor_id":null,"version":1}
1	4	2	holding	16	opened	\N	{"floor":0,"id":16,"item_id":7,"location_id":5,"lot_id":15,"site_id":1,"unit_id":null}
1	4	3	evidence	16	batch	\N	{"batch":"BCH-BEANS-7-000001","lot":"BEANS-7","site":"depot"}
1	5	1	holding	17	opened	\N	{"floor":0,"id":17,"item_id":9,"location_id":5,"lot_id":null,"site_id":1,"unit_id":null}
1	5	2	holding	18	opened	\N	{"floor":0,"id":18,"item_id":10,"location_id":5,"lot_id":null,"site_id":1,"unit_id":null}
1	6	1	holding	19	opened	\N	{"floor":0,"id":19,"item_id":7,"location_id":null,"lot_id":15,"site_id":2,"unit_id":null}
1	6	2	holding	20	opened	\N	{"floor":0,"id":20,"item_id":8,"location_id":null,"lot_id":11,"site_id":2,"unit_id":null}
1	6	3	holding	21	opened	\N	{"floor":0,"id":21,"item_id":9,"location_id":null,"lot_id":null,"site_id":2,"unit_id":null}
1	7	1	holding	22	opened	\N	{"floor":0,"id":22,"item_id":7,"location_id":null,"lot_id":15,"site_id":3,"unit_id":null}
1	7	2	holding	23	opened	\N	{"floor":0,"id":23,"item_id":8,"location_id":null,"lot_id":11,"site_id":3,"unit_id":null}
1	7	3	holding	24	opened	\N	{"floor":0,"id":24,"item_id":8,"location_id":null,"lot_id":13,"site_id":3,"unit_id":null}
1	7	4	holding	25	opened	\N	{"floor":0,"id":25,"item_id":9,"location_id":null,"lot_id":null,"site_id":3,"unit_id":null}
1	8	1	holding	26	opened	\N	{"floor":0,"id":26,"item_id":10,"location_id":null,"lot_id":null,"site_id":4,"unit_id":null}
1	9	1	transfer	27	created	\N	{"id":27,"line_values":null,"lines":[[21,24000000]],"source_site_id":1,"status":"in_transit","target_site_id":2,"version":1}
1	10	1	transfer	27	received	{"id":27,"line_values":null,"lines":[[21,24000000]],"source_site_id":1,"status":"in_transit","target_site_id":2,"version":1}	{"id":27,"line_values":null,"lines":[[21,4000000]],"source_site_id":1,"status":"in_transit","target_site_id":2,"version":2}
1	11	1	transfer	27	received	{"id":27,"line_values":null,"lines":[[21,4000000]],"source_site_id":1,"status":"in_transit","target_site_id":2,"version":2}	{"id":27,"line_values":null,"lines":[],"source_site_id":1,"status":"received","target_site_id":2,"version":3}
1	12	1	reservation	28	created	\N	{"claimed_by":null,"document_id":"1","document_type":"cart","expires_at":"2026-11-30T20:36:34.603931+00:00","hold_seconds":null,"id":28,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	13	1	reservation	29	created	\N	{"claimed_by":null,"document_id":"2","document_type":"cart","expires_at":"2026-11-30T20:36:34.604150+00:00","hold_seconds":null,"id":29,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	14	1	reservation	30	created	\N	{"claimed_by":null,"document_id":"3","document_type":"cart","expires_at":"2026-11-30T20:36:34.604197+00:00","hold_seconds":null,"id":30,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
2	11	1	product	20	created	\N	{"code":"SHIRT","id":20,"name":"Shirt","options":[],"retired":false,"version":1}
1	15	1	reservation	31	created	\N	{"claimed_by":null,"document_id":"4","document_type":"cart","expires_at":"2026-11-30T20:36:34.604234+00:00","hold_seconds":null,"id":31,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	16	1	reservation	32	created	\N	{"claimed_by":null,"document_id":"5","document_type":"cart","expires_at":"2026-11-30T20:36:34.604268+00:00","hold_seconds":null,"id":32,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	17	1	reservation	33	created	\N	{"claimed_by":null,"document_id":"6","document_type":"cart","expires_at":"2026-11-30T20:36:34.604301+00:00","hold_seconds":null,"id":33,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	18	1	reservation	34	created	\N	{"claimed_by":null,"document_id":"7","document_type":"cart","expires_at":"2026-11-30T20:36:34.604337+00:00","hold_seconds":null,"id":34,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	19	1	reservation	35	created	\N	{"claimed_by":null,"document_id":"8","document_type":"cart","expires_at":"2026-11-30T20:36:34.604375+00:00","hold_seconds":null,"id":35,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	20	1	reservation	36	created	\N	{"claimed_by":null,"document_id":"9","document_type":"cart","expires_at":"2026-11-30T20:36:34.604411+00:00","hold_seconds":null,"id":36,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	21	1	reservation	37	created	\N	{"claimed_by":null,"document_id":"10","document_type":"cart","expires_at":"2026-11-30T20:36:34.604442+00:00","hold_seconds":null,"id":37,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	22	1	reservation	38	created	\N	{"claimed_by":null,"document_id":"11","document_type":"cart","expires_at":"2026-11-30T20:36:34.604476+00:00","hold_seconds":null,"id":38,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	23	1	reservation	39	created	\N	{"claimed_by":null,"document_id":"12","document_type":"cart","expires_at":"2026-11-30T20:36:34.604506+00:00","hold_seconds":null,"id":39,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}
1	24	1	reservation	28	committed	{"claimed_by":null,"document_id":"1","document_type":"cart","expires_at":"2026-11-30T20:36:34.603931+00:00","hold_seconds":null,"id":28,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"1","document_type":"cart","expires_at":"2026-11-30T20:36:34.603931+00:00","hold_seconds":null,"id":28,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"committed","version":2,"wanted":null}
1	25	1	reservation	29	committed	{"claimed_by":null,"document_id":"2","document_type":"cart","expires_at":"2026-11-30T20:36:34.604150+00:00","hold_seconds":null,"id":29,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"2","document_type":"cart","expires_at":"2026-11-30T20:36:34.604150+00:00","hold_seconds":null,"id":29,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"committed","version":2,"wanted":null}
1	26	1	reservation	30	committed	{"claimed_by":null,"document_id":"3","document_type":"cart","expires_at":"2026-11-30T20:36:34.604197+00:00","hold_seconds":null,"id":30,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"3","document_type":"cart","expires_at":"2026-11-30T20:36:34.604197+00:00","hold_seconds":null,"id":30,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"committed","version":2,"wanted":null}
1	27	1	reservation	31	committed	{"claimed_by":null,"document_id":"4","document_type":"cart","expires_at":"2026-11-30T20:36:34.604234+00:00","hold_seconds":null,"id":31,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"4","document_type":"cart","expires_at":"2026-11-30T20:36:34.604234+00:00","hold_seconds":null,"id":31,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"committed","version":2,"wanted":null}
1	28	1	reservation	32	committed	{"claimed_by":null,"document_id":"5","document_type":"cart","expires_at":"2026-11-30T20:36:34.604268+00:00","hold_seconds":null,"id":32,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"5","document_type":"cart","expires_at":"2026-11-30T20:36:34.604268+00:00","hold_seconds":null,"id":32,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"committed","version":2,"wanted":null}
1	29	1	reservation	33	committed	{"claimed_by":null,"document_id":"6","document_type":"cart","expires_at":"2026-11-30T20:36:34.604301+00:00","hold_seconds":null,"id":33,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"6","document_type":"cart","expires_at":"2026-11-30T20:36:34.604301+00:00","hold_seconds":null,"id":33,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"committed","version":2,"wanted":null}
1	30	1	reservation	34	committed	{"claimed_by":null,"document_id":"7","document_type":"cart","expires_at":"2026-11-30T20:36:34.604337+00:00","hold_seconds":null,"id":34,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"7","document_type":"cart","expires_at":"2026-11-30T20:36:34.604337+00:00","hold_seconds":null,"id":34,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"committed","version":2,"wanted":null}
2	10	1	location	19	created	\N	{"bin":null,"code":"SHELF-1","id":19,"rack":null,"retired":false,"shelf":null,"site_id":9,"version":1,"zone":null}
1	31	1	reservation	35	committed	{"claimed_by":null,"document_id":"8","document_type":"cart","expires_at":"2026-11-30T20:36:34.604375+00:00","hold_seconds":null,"id":35,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"8","document_type":"cart","expires_at":"2026-11-30T20:36:34.604375+00:00","hold_seconds":null,"id":35,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"committed","version":2,"wanted":null}
1	32	1	reservation	36	committed	{"claimed_by":null,"document_id":"9","document_type":"cart","expires_at":"2026-11-30T20:36:34.604411+00:00","hold_seconds":null,"id":36,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"9","document_type":"cart","expires_at":"2026-11-30T20:36:34.604411+00:00","hold_seconds":null,"id":36,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"committed","version":2,"wanted":null}
1	33	1	reservation	37	released	{"claimed_by":null,"document_id":"10","document_type":"cart","expires_at":"2026-11-30T20:36:34.604442+00:00","hold_seconds":null,"id":37,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"10","document_type":"cart","expires_at":"2026-11-30T20:36:34.604442+00:00","hold_seconds":null,"id":37,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"released","version":2,"wanted":null}
1	34	1	reservation	38	released	{"claimed_by":null,"document_id":"11","document_type":"cart","expires_at":"2026-11-30T20:36:34.604476+00:00","hold_seconds":null,"id":38,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"11","document_type":"cart","expires_at":"2026-11-30T20:36:34.604476+00:00","hold_seconds":null,"id":38,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"released","version":2,"wanted":null}
1	35	1	reservation	39	released	{"claimed_by":null,"document_id":"12","document_type":"cart","expires_at":"2026-11-30T20:36:34.604506+00:00","hold_seconds":null,"id":39,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"12","document_type":"cart","expires_at":"2026-11-30T20:36:34.604506+00:00","hold_seconds":null,"id":39,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":4,"status":"released","version":2,"wanted":null}
1	79	1	evidence	21	counted	\N	{"counted":71000000,"on_hand":72000000}
1	80	1	holding	40	opened	\N	{"floor":0,"id":40,"item_id":10,"location_id":null,"lot_id":null,"site_id":3,"unit_id":null}
2	1	1	api_key	1	created	\N	{"expires_at":null,"id":1,"key_hash":"2ca015d7ed3b53fe3c03b5529258ecc6804566e2040150ed904d4664c26f7083","name":"ann","revoked":false,"role":"admin","sites":[],"version":1}
2	2	1	user_account	2	created	\N	{"credential":"d3bda391-5be1-42e2-815c-21637a835d68","id":2,"name":"ann","retired":false,"role":"manager","sites":[],"version":1}
2	3	1	site	3	created	\N	{"code":"online","id":3,"name":"online","retired":false,"version":1}
2	3	2	item	4	created	\N	{"id":4,"measure":"piece","name":"POSTER","options":[],"pick_policy":"fefo","price":null,"product_id":null,"retired":false,"sku":"POSTER","vat_rate":0,"version":1}
2	4	1	stock_level	5	created	\N	{"id":5,"item_id":4,"low":5000000,"site_id":3,"version":1}
2	5	1	alert	6	created	\N	{"facts":{"available":"0","low":"5","site":"online","sku":"POSTER"},"id":6,"item_id":4,"lot_id":0,"raised_at":"2026-11-30T20:21:59.482595+00:00","resolved_at":null,"rule":"out_of_stock","severity":"critical","site_id":3,"status":"open","version":1}
2	6	1	user_account	2	changed	{"credential":"d3bda391-5be1-42e2-815c-21637a835d68","id":2,"name":"ann","retired":false,"role":"manager","sites":[],"version":1}	{"credential":"10f50c5d53879ad5f7ee9a874e263cfcff36fb5b8c28bbc31f70b786e2d461d6","id":2,"name":"ann","retired":false,"role":"manager","sites":[],"version":2}
2	7	1	setting	7	created	\N	{"id":7,"name":"currency","value":"GBP","version":1}
2	7	2	setting	8	created	\N	{"id":8,"name":"time_zone","value":"Europe/London","version":1}
2	8	1	site	9	created	\N	{"code":"london","id":9,"name":"London, Brick Lane","retired":false,"version":1}
2	9	1	site	10	created	\N	{"code":"leeds","id":10,"name":"Leeds, Kirkgate","retired":false,"version":1}
2	9	2	product	11	created	\N	{"code":"FLAT-WHITE","id":11,"name":"Flat white","options":[],"retired":false,"version":1}
2	9	3	item	12	created	\N	{"id":12,"measure":"piece","name":"Blue mug","options":[],"pick_policy":"fefo","price":12000000,"product_id":null,"retired":false,"sku":"MUG","vat_rate":20000000,"version":1}
2	9	4	barcode	13	created	\N	{"code":"4006381333931","id":13,"item_id":12,"version":1}
2	9	5	item	4	changed	{"id":4,"measure":"piece","name":"POSTER","options":[],"pick_policy":"fefo","price":null,"product_id":null,"retired":false,"sku":"POSTER","vat_rate":0,"version":1}	{"id":4,"measure":"piece","name":"Poster","options":[],"pick_policy":"fefo","price":15000000,"product_id":null,"retired":false,"sku":"POSTER","vat_rate":20000000,"version":2}
2	9	6	item	14	created	\N	{"id":14,"measure":"piece","name":"Coffee grinder","options":[],"pick_policy":"fefo","price":240000000,"product_id":null,"retired":false,"sku":"GRINDER","vat_rate":20000000,"version":1}
2	9	7	item	15	created	\N	{"id":15,"measure":"g","name":"Coffee beans","options":[],"pick_policy":"fefo","price":null,"product_id":null,"retired":false,"sku":"BEANS","vat_rate":0,"version":1}
2	9	8	item	16	created	\N	{"id":16,"measure":"ml","name":"Whole milk","options":[],"pick_policy":"fefo","price":null,"product_id":null,"retired":false,"sku":"MILK","vat_rate":0,"version":1}
2	9	9	item	17	created	\N	{"id":17,"measure":"m","name":"Hessian","options":[],"pick_policy":"fefo","price":9000000,"product_id":null,"retired":false,"sku":"HESSIAN","vat_rate":20000000,"version":1}
2	9	10	item	18	created	\N	{"id":18,"measure":"piece","name":"Paper cup","options":[],"pick_policy":"fefo","price":null,"product_id":null,"retired":false,"sku":"CUP","vat_rate":0,"version":1}
2	12	1	product	20	changed	{"code":"SHIRT","id":20,"name":"Shirt","options":[],"retired":false,"version":1}	{"code":"SHIRT","id":20,"name":"Shirt","options":[["size","S"],["size","M"]],"retired":false,"version":2}
2	12	2	item	21	created	\N	{"id":21,"measure":"piece","name":"Shirt S","options":[["size","S"]],"pick_policy":"fefo","price":25000000,"product_id":20,"retired":false,"sku":"SHIRT-S","vat_rate":20000000,"version":1}
2	12	3	item	22	created	\N	{"id":22,"measure":"piece","name":"Shirt M","options":[["size","M"]],"pick_policy":"fefo","price":25000000,"product_id":20,"retired":false,"sku":"SHIRT-M","vat_rate":20000000,"version":1}
2	13	1	item	12	changed	{"id":12,"measure":"piece","name":"Blue mug","options":[],"pick_policy":"fefo","price":12000000,"product_id":null,"retired":false,"sku":"MUG","vat_rate":20000000,"version":1}	{"id":12,"measure":"piece","name":"Blue mug, 300 ml","options":[],"pick_policy":"fefo","price":12000000,"product_id":null,"retired":false,"sku":"MUG","vat_rate":20000000,"version":2}
2	14	1	user_account	23	created	\N	{"credential":null,"id":23,"name":"ben","retired":false,"role":"clerk","sites":["london"],"version":1}
2	15	1	user_account	23	changed	{"credential":null,"id":23,"name":"ben","retired":false,"role":"clerk","sites":["london"],"version":1}	{"credential":"60e978a9d94c20be11800313c45a4dfe6c8eae2776db618b9704aedafcf08e8b","id":23,"name":"ben","retired":false,"role":"clerk","sites":["london"],"version":2}
2	16	1	api_key	24	created	\N	{"expires_at":null,"id":24,"key_hash":"ac81016d5c8085a4148bdb482d9e28b033c19c212c21b872247c43b2cca5f8db","name":"till-7","revoked":false,"role":"clerk","sites":["london"],"version":1}
2	17	1	api_key	24	revoked	{"expires_at":null,"id":24,"key_hash":"ac81016d5c8085a4148bdb482d9e28b033c19c212c21b872247c43b2cca5f8db","name":"till-7","revoked":false,"role":"clerk","sites":["london"],"version":1}	{"expires_at":null,"id":24,"key_hash":"ac81016d5c8085a4148bdb482d9e28b033c19c212c21b872247c43b2cca5f8db","name":"till-7","revoked":true,"role":"clerk","sites":["london"],"version":2}
2	18	1	holding	25	opened	\N	{"floor":0,"id":25,"item_id":12,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	18	2	holding	26	opened	\N	{"floor":0,"id":26,"item_id":4,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	18	3	holding	27	opened	\N	{"floor":0,"id":27,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	18	4	holding	28	opened	\N	{"floor":0,"id":28,"item_id":22,"location_id":19,"lot_id":null,"site_id":9,"unit_id":null}
2	19	1	holding	29	opened	\N	{"floor":0,"id":29,"item_id":12,"location_id":null,"lot_id":null,"site_id":10,"unit_id":null}
2	19	2	transfer	30	created	\N	{"id":30,"line_values":[180000000],"lines":[[29,40000000]],"source_site_id":9,"status":"in_transit","target_site_id":10,"version":1}
2	20	1	transfer	30	received	{"id":30,"line_values":[180000000],"lines":[[29,40000000]],"source_site_id":9,"status":"in_transit","target_site_id":10,"version":1}	{"id":30,"line_values":null,"lines":[],"source_site_id":9,"status":"received","target_site_id":10,"version":2}
2	23	1	evidence	27	counted	\N	{"counted":496000000,"on_hand":500000000}
2	24	1	holding	29	policy	{"floor":0,"id":29,"item_id":12,"location_id":null,"lot_id":null,"site_id":10,"unit_id":null}	{"floor":-10000000,"id":29,"item_id":12,"location_id":null,"lot_id":null,"site_id":10,"unit_id":null}
2	27	1	receipt	31	created	\N	{"gross":47000000,"id":31,"issued_at":"2026-11-30T20:22:18.043282+00:00","net":39170000,"number":1,"rates":[[20000000,39170000,7830000,47000000]],"site_id":9,"sold":[["MUG","Blue mug, 300 ml",2000000,"piece",11000000,20000000,18330000,3670000,22000000],["SHIRT-M","Shirt M",1000000,"piece",25000000,20000000,20840000,4160000,25000000]],"status":"issued","vat":7830000,"version":1}
2	28	1	holding	32	opened	\N	{"floor":0,"id":32,"item_id":22,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	28	2	receipt	33	created	\N	{"gross":-25000000,"id":33,"issued_at":"2026-11-30T20:22:18.083623+00:00","net":-20830000,"number":2,"rates":[[20000000,-20830000,-4170000,-25000000]],"site_id":9,"sold":[["SHIRT-M","Shirt M",-1000000,"piece",25000000,20000000,-20830000,-4170000,-25000000]],"status":"issued","vat":-4170000,"version":1}
2	29	1	reservation	34	created	\N	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2099-12-31T18:00:00.000000+00:00","hold_seconds":null,"id":34,"lease_until":null,"lines":[[25,2000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	30	1	reservation	34	committed	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2099-12-31T18:00:00.000000+00:00","hold_seconds":null,"id":34,"lease_until":null,"lines":[[25,2000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2099-12-31T18:00:00.000000+00:00","hold_seconds":null,"id":34,"lease_until":null,"lines":[[25,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}
2	31	1	reservation	34	released	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2099-12-31T18:00:00.000000+00:00","hold_seconds":null,"id":34,"lease_until":null,"lines":[[25,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2099-12-31T18:00:00.000000+00:00","hold_seconds":null,"id":34,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"released","version":3,"wanted":null}
2	32	1	reservation	35	created	\N	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":null,"hold_seconds":null,"id":35,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	33	1	reservation	36	created	\N	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":null,"hold_seconds":1,"id":36,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":10,"rank":-9,"site_id":9,"status":"pending","version":1,"wanted":[["POSTER",1000000,null,null,null]]}
2	33	2	waiting_line	37	created	\N	{"id":37,"site":"london","sku":"POSTER","tickets":[[-9,36]],"version":1}
2	34	1	reservation	35	released	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":null,"hold_seconds":null,"id":35,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":null,"hold_seconds":null,"id":35,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"released","version":2,"wanted":null}
2	35	1	waiting_line	37	left	{"id":37,"site":"london","sku":"POSTER","tickets":[[-9,36]],"version":1}	{"id":37,"site":"london","sku":"POSTER","tickets":[],"version":2}
2	35	2	reservation	36	offered	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":null,"hold_seconds":1,"id":36,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":10,"rank":-9,"site_id":9,"status":"pending","version":1,"wanted":[["POSTER",1000000,null,null,null]]}	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2026-11-30T20:22:19.691308+00:00","hold_seconds":null,"id":36,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":10,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}
2	36	1	reservation	36	expired	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2026-11-30T20:22:19.691308+00:00","hold_seconds":null,"id":36,"lease_until":null,"lines":[[26,1000000]],"owner":null,"owner_id":null,"priority":10,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2026-11-30T20:22:19.691308+00:00","hold_seconds":null,"id":36,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":10,"rank":null,"site_id":9,"status":"expired","version":3,"wanted":null}
2	37	1	reservation	38	created	\N	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":null,"hold_seconds":null,"id":38,"lease_until":null,"lines":[[29,50000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":10,"status":"active","version":1,"wanted":null}
2	38	1	vendor	39	created	\N	{"id":39,"name":"Santos Trading","version":1}
2	38	2	brand	40	created	\N	{"id":40,"name":"Fazenda Azul","version":1}
2	38	3	listing	41	created	\N	{"brand_id":40,"id":41,"item_id":15,"name":"Coffee beans","version":1}
2	38	4	lot	42	created	\N	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"LIVE","status_since":"2026-11-30T20:22:19.734014+00:00","strain_id":null,"subcategory":null,"unit_cost":20000,"vendor_id":39,"version":1}
2	38	5	holding	43	opened	\N	{"floor":0,"id":43,"item_id":15,"location_id":null,"lot_id":42,"site_id":9,"unit_id":null}
2	38	6	evidence	43	batch	\N	{"batch":"BCH-AZUL-1-000001","lot":"AZUL-1","site":"london"}
2	39	1	lot_metadata	44	created	\N	{"facts":{"notes":"hazelnut, dark chocolate"},"id":44,"lot_id":42,"version":1}
2	40	1	lot	42	costs	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"LIVE","status_since":"2026-11-30T20:22:19.734014+00:00","strain_id":null,"subcategory":null,"unit_cost":20000,"vendor_id":39,"version":1}	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"LIVE","status_since":"2026-11-30T20:22:19.734014+00:00","strain_id":null,"subcategory":null,"unit_cost":30000,"vendor_id":39,"version":2}
2	42	1	lot	42	recalled	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"LIVE","status_since":"2026-11-30T20:22:19.734014+00:00","strain_id":null,"subcategory":null,"unit_cost":30000,"vendor_id":39,"version":2}	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"QUARANTINED","status_since":"2026-11-30T20:22:19.949372+00:00","strain_id":null,"subcategory":null,"unit_cost":30000,"vendor_id":39,"version":3}
2	43	1	lot	42	released	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"QUARANTINED","status_since":"2026-11-30T20:22:19.949372+00:00","strain_id":null,"subcategory":null,"unit_cost":30000,"vendor_id":39,"version":3}	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"LIVE","status_since":"2026-11-30T20:22:20.001942+00:00","strain_id":null,"subcategory":null,"unit_cost":30000,"vendor_id":39,"version":4}
2	44	1	lot	42	status	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"LIVE","status_since":"2026-11-30T20:22:20.001942+00:00","strain_id":null,"subcategory":null,"unit_cost":30000,"vendor_id":39,"version":4}	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"ON_HOLD","status_since":"2026-11-30T20:22:20.010522+00:00","strain_id":null,"subcategory":null,"unit_cost":30000,"vendor_id":39,"version":5}
2	64	5	piece	65	reverted	{"creator":63,"holding_id":66,"id":65,"kind":"cut","length":null,"origin_id":64,"size":12500000,"status":"available","version":1}	{"creator":63,"holding_id":66,"id":65,"kind":"cut","length":null,"origin_id":64,"size":12500000,"status":"undone","version":2}
2	45	1	lot	42	status	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"ON_HOLD","status_since":"2026-11-30T20:22:20.010522+00:00","strain_id":null,"subcategory":null,"unit_cost":30000,"vendor_id":39,"version":5}	{"brand_id":40,"category":"coffee","code":"AZUL-1","cost_max":null,"cost_min":null,"cost_mode":"FIXED","expires_on":"2099-06-30","grade":null,"id":42,"item_id":15,"label":"Santos Trading Fazenda Azul Coffee beans","payment_terms":"NET_30","received_at":"2026-11-30T20:22:19.734014+00:00","status":"LIVE","status_since":"2026-11-30T20:22:20.032493+00:00","strain_id":null,"subcategory":null,"unit_cost":30000,"vendor_id":39,"version":6}
2	46	1	stock_level	45	created	\N	{"id":45,"item_id":12,"low":60000000,"site_id":9,"version":1}
2	47	1	alert	6	acknowledged	{"facts":{"available":"0","low":"5","site":"online","sku":"POSTER"},"id":6,"item_id":4,"lot_id":0,"raised_at":"2026-11-30T20:21:59.482595+00:00","resolved_at":null,"rule":"out_of_stock","severity":"critical","site_id":3,"status":"open","version":1}	{"facts":{"available":"0","low":"5","site":"online","sku":"POSTER"},"id":6,"item_id":4,"lot_id":0,"raised_at":"2026-11-30T20:21:59.482595+00:00","resolved_at":null,"rule":"out_of_stock","severity":"critical","site_id":3,"status":"acknowledged","version":2}
2	48	1	holding	46	opened	\N	{"floor":0,"id":46,"item_id":16,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	49	1	recipe_version	47	created	\N	{"id":47,"ingredients":[[1,"Espresso",0,"g",18,1,0],[2,"Milk",0,"ml",120,1,50000],[3,"Cup",0,"piece",1,1,0]],"product_id":11,"version":1,"yield_denominator":1,"yield_numerator":1,"yield_unit":"piece"}
2	49	2	recipe	48	created	\N	{"id":48,"product_id":11,"version":1,"versions":[[0,47]]}
2	50	1	mapping	49	created	\N	{"denominator":1,"id":49,"ingredient":"Espresso","item_id":15,"numerator":1,"retired":false,"site_id":9,"unit":"g","version":1}
2	50	2	mapping	50	created	\N	{"denominator":1,"id":50,"ingredient":"Milk","item_id":16,"numerator":1,"retired":false,"site_id":9,"unit":"ml","version":1}
2	50	3	mapping	51	created	\N	{"denominator":1,"id":51,"ingredient":"Cup","item_id":18,"numerator":1,"retired":false,"site_id":9,"unit":"piece","version":1}
2	51	1	evidence	46	rounded	\N	{"exact":"4800000000/19","taken":252631579}
2	51	2	deduction	52	created	\N	{"id":52,"items":[["FLAT-WHITE","Flat white",2000000,"deducted"]],"parts":[[1,"Espresso",43,36000000],[1,"Milk",46,252631579],[1,"Cup",27,2000000]],"site_id":9,"status":"deducted","transaction":"T-1001","version":1}
2	52	1	holding	53	opened	\N	{"floor":0,"id":53,"item_id":15,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	52	2	holding	53	policy	{"floor":0,"id":53,"item_id":15,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}	{"floor":-500000000,"id":53,"item_id":15,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	52	3	holding	27	policy	{"floor":0,"id":27,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}	{"floor":-500000000,"id":27,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	52	4	holding	46	policy	{"floor":0,"id":46,"item_id":16,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}	{"floor":-500000000,"id":46,"item_id":16,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	53	1	holding	53	policy	{"floor":-500000000,"id":53,"item_id":15,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}	{"floor":0,"id":53,"item_id":15,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	53	2	holding	27	policy	{"floor":-500000000,"id":27,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}	{"floor":0,"id":27,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	53	3	holding	46	policy	{"floor":-500000000,"id":46,"item_id":16,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}	{"floor":0,"id":46,"item_id":16,"location_id":null,"lot_id":null,"site_id":9,"unit_id":null}
2	54	1	deduction	52	voided	{"id":52,"items":[["FLAT-WHITE","Flat white",2000000,"deducted"]],"parts":[[1,"Espresso",43,36000000],[1,"Milk",46,252631579],[1,"Cup",27,2000000]],"site_id":9,"status":"deducted","transaction":"T-1001","version":1}	{"id":52,"items":[["FLAT-WHITE","Flat white",2000000,"voided"]],"parts":[[1,"Espresso",43,36000000],[1,"Milk",46,252631579],[1,"Cup",27,2000000]],"site_id":9,"status":"voided","transaction":"T-1001","version":2}
2	55	1	reservation	54	created	\N	{"claimed_by":null,"document_id":"till-7","document_type":"till","expires_at":null,"hold_seconds":null,"id":54,"lease_until":null,"lines":[[27,10000000],[43,180000000],[46,1263157900]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	56	1	offline_sale	55	created	\N	{"arrived_at":"2026-11-30T20:22:20.483817+00:00","decided_by":null,"decision":null,"device":"till-7","errors":[],"id":55,"items":[["FLAT-WHITE",1000000,""]],"reason":"offline","sequence":1,"site_id":9,"slice":54,"sold_at":"2026-01-31T08:15:00.000000+00:00","status":"pending","transaction":"T-1002","version":1}
2	57	1	reservation	54	used	{"claimed_by":null,"document_id":"till-7","document_type":"till","expires_at":null,"hold_seconds":null,"id":54,"lease_until":null,"lines":[[27,10000000],[43,180000000],[46,1263157900]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"till-7","document_type":"till","expires_at":null,"hold_seconds":null,"id":54,"lease_until":null,"lines":[[27,9000000],[43,162000000],[46,1136842111]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}
2	57	2	evidence	46	rounded	\N	{"exact":"2400000000/19","taken":126315789}
2	57	3	deduction	56	created	\N	{"id":56,"items":[["FLAT-WHITE","Flat white",1000000,"deducted"]],"parts":[[1,"Espresso",43,18000000],[1,"Milk",46,126315789],[1,"Cup",27,1000000]],"site_id":9,"status":"deducted","transaction":"T-1002","version":1}
2	64	6	unit	65	reverted	{"code":"CUT-000001","id":65,"item_id":17,"lot_id":null,"retired":false,"version":1}	{"code":"CUT-000001","id":65,"item_id":17,"lot_id":null,"retired":true,"version":2}
2	64	7	piece	60	reverted	{"creator":62,"holding_id":61,"id":60,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"used","version":2}	{"creator":62,"holding_id":61,"id":60,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"available","version":3}
2	57	4	offline_sale	55	synced	{"arrived_at":"2026-11-30T20:22:20.483817+00:00","decided_by":null,"decision":null,"device":"till-7","errors":[],"id":55,"items":[["FLAT-WHITE",1000000,""]],"reason":"offline","sequence":1,"site_id":9,"slice":54,"sold_at":"2026-01-31T08:15:00.000000+00:00","status":"pending","transaction":"T-1002","version":1}	{"arrived_at":"2026-11-30T20:22:20.483817+00:00","decided_by":null,"decision":null,"device":"till-7","errors":[],"id":55,"items":[["FLAT-WHITE",1000000,""]],"reason":"offline","sequence":1,"site_id":9,"slice":54,"sold_at":"2026-01-31T08:15:00.000000+00:00","status":"synced","transaction":"T-1002","version":2}
2	58	1	offline_sale	57	created	\N	{"arrived_at":"2026-11-30T20:22:20.590967+00:00","decided_by":null,"decision":null,"device":"till-7","errors":[],"id":57,"items":[["FLAT-WHITE",3000000,""]],"reason":"insufficient_stock","sequence":2,"site_id":9,"slice":null,"sold_at":"2026-11-30T20:22:20.590967+00:00","status":"insufficient_stock","transaction":"T-1003","version":1}
2	59	1	evidence	46	rounded	\N	{"exact":"7200000000/19","taken":378947368}
2	59	2	deduction	58	created	\N	{"id":58,"items":[["FLAT-WHITE","Flat white",3000000,"deducted"]],"parts":[[1,"Espresso",43,54000000],[1,"Milk",46,378947368],[1,"Cup",27,3000000]],"site_id":9,"status":"deducted","transaction":"T-1003","version":1}
2	59	3	offline_sale	57	approved	{"arrived_at":"2026-11-30T20:22:20.590967+00:00","decided_by":null,"decision":null,"device":"till-7","errors":[],"id":57,"items":[["FLAT-WHITE",3000000,""]],"reason":"insufficient_stock","sequence":2,"site_id":9,"slice":null,"sold_at":"2026-11-30T20:22:20.590967+00:00","status":"insufficient_stock","transaction":"T-1003","version":1}	{"arrived_at":"2026-11-30T20:22:20.590967+00:00","decided_by":"ann","decision":"the milk had not been booked in","device":"till-7","errors":[],"id":57,"items":[["FLAT-WHITE",3000000,""]],"reason":"insufficient_stock","sequence":2,"site_id":9,"slice":null,"sold_at":"2026-11-30T20:22:20.590967+00:00","status":"approved","transaction":"T-1003","version":2}
2	60	1	offline_sale	59	created	\N	{"arrived_at":"2026-11-30T20:22:20.723080+00:00","decided_by":null,"decision":null,"device":"till-7","errors":[],"id":59,"items":[["FLAT-WHITE",900000000,""]],"reason":"insufficient_stock","sequence":3,"site_id":9,"slice":null,"sold_at":"2026-11-30T20:22:20.723080+00:00","status":"insufficient_stock","transaction":"T-1004","version":1}
2	61	1	offline_sale	59	rejected	{"arrived_at":"2026-11-30T20:22:20.723080+00:00","decided_by":null,"decision":null,"device":"till-7","errors":[],"id":59,"items":[["FLAT-WHITE",900000000,""]],"reason":"insufficient_stock","sequence":3,"site_id":9,"slice":null,"sold_at":"2026-11-30T20:22:20.723080+00:00","status":"insufficient_stock","transaction":"T-1004","version":1}	{"arrived_at":"2026-11-30T20:22:20.723080+00:00","decided_by":"ann","decision":"a slip of the finger","device":"till-7","errors":[],"id":59,"items":[["FLAT-WHITE",900000000,""]],"reason":"insufficient_stock","sequence":3,"site_id":9,"slice":null,"sold_at":"2026-11-30T20:22:20.723080+00:00","status":"rejected","transaction":"T-1004","version":2}
2	62	1	unit	60	created	\N	{"code":"ROLL-1","id":60,"item_id":17,"lot_id":null,"retired":false,"version":1}
2	62	2	holding	61	opened	\N	{"floor":0,"id":61,"item_id":17,"location_id":null,"lot_id":null,"site_id":9,"unit_id":60}
2	62	3	piece	60	created	\N	{"creator":62,"holding_id":61,"id":60,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"available","version":1}
2	62	4	unit	62	created	\N	{"code":"ROLL-2","id":62,"item_id":17,"lot_id":null,"retired":false,"version":1}
2	62	5	holding	63	opened	\N	{"floor":0,"id":63,"item_id":17,"location_id":null,"lot_id":null,"site_id":9,"unit_id":62}
2	62	6	piece	62	created	\N	{"creator":62,"holding_id":63,"id":62,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"available","version":1}
2	63	1	piece	60	cut	{"creator":62,"holding_id":61,"id":60,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"available","version":1}	{"creator":62,"holding_id":61,"id":60,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"used","version":2}
2	63	2	transformation	64	created	\N	{"bundles":null,"id":64,"item_id":17,"kerf":20000,"kind":"cut","lines":[[61,50000000]],"made":19500000,"number":63,"rest":30480000,"size":null,"used":50000000,"version":1,"waste":0}
2	63	3	unit	65	created	\N	{"code":"CUT-000001","id":65,"item_id":17,"lot_id":null,"retired":false,"version":1}
2	63	4	holding	66	opened	\N	{"floor":0,"id":66,"item_id":17,"location_id":null,"lot_id":null,"site_id":9,"unit_id":65}
2	63	5	piece	65	created	\N	{"creator":63,"holding_id":66,"id":65,"kind":"cut","length":null,"origin_id":64,"size":12500000,"status":"available","version":1}
2	63	6	unit	67	created	\N	{"code":"CUT-000002","id":67,"item_id":17,"lot_id":null,"retired":false,"version":1}
2	63	7	holding	68	opened	\N	{"floor":0,"id":68,"item_id":17,"location_id":null,"lot_id":null,"site_id":9,"unit_id":67}
2	63	8	piece	67	created	\N	{"creator":63,"holding_id":68,"id":67,"kind":"cut","length":null,"origin_id":64,"size":7000000,"status":"available","version":1}
2	63	9	unit	69	created	\N	{"code":"OFFCUT-000001","id":69,"item_id":17,"lot_id":null,"retired":false,"version":1}
2	63	10	holding	70	opened	\N	{"floor":0,"id":70,"item_id":17,"location_id":null,"lot_id":null,"site_id":9,"unit_id":69}
2	63	11	piece	69	created	\N	{"creator":63,"holding_id":70,"id":69,"kind":"offcut","length":null,"origin_id":64,"size":30480000,"status":"available","version":1}
2	64	1	piece	69	reverted	{"creator":63,"holding_id":70,"id":69,"kind":"offcut","length":null,"origin_id":64,"size":30480000,"status":"available","version":1}	{"creator":63,"holding_id":70,"id":69,"kind":"offcut","length":null,"origin_id":64,"size":30480000,"status":"undone","version":2}
2	64	2	unit	69	reverted	{"code":"OFFCUT-000001","id":69,"item_id":17,"lot_id":null,"retired":false,"version":1}	{"code":"OFFCUT-000001","id":69,"item_id":17,"lot_id":null,"retired":true,"version":2}
2	64	3	piece	67	reverted	{"creator":63,"holding_id":68,"id":67,"kind":"cut","length":null,"origin_id":64,"size":7000000,"status":"available","version":1}	{"creator":63,"holding_id":68,"id":67,"kind":"cut","length":null,"origin_id":64,"size":7000000,"status":"undone","version":2}
2	64	4	unit	67	reverted	{"code":"CUT-000002","id":67,"item_id":17,"lot_id":null,"retired":false,"version":1}	{"code":"CUT-000002","id":67,"item_id":17,"lot_id":null,"retired":true,"version":2}
2	65	1	piece	62	reserved	{"creator":62,"holding_id":63,"id":62,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"available","version":1}	{"creator":62,"holding_id":63,"id":62,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"reserved","version":2}
2	65	2	reservation	71	created	\N	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2099-12-31T18:00:00.000000+00:00","hold_seconds":null,"id":71,"lease_until":null,"lines":[[63,50000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	66	1	piece	62	released	{"creator":62,"holding_id":63,"id":62,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"reserved","version":2}	{"creator":62,"holding_id":63,"id":62,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"available","version":3}
2	66	2	reservation	71	released	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2099-12-31T18:00:00.000000+00:00","hold_seconds":null,"id":71,"lease_until":null,"lines":[[63,50000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":"2099-12-31T18:00:00.000000+00:00","hold_seconds":null,"id":71,"lease_until":null,"lines":[],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"released","version":2,"wanted":null}
2	67	1	piece	62	sold	{"creator":62,"holding_id":63,"id":62,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"available","version":3}	{"creator":62,"holding_id":63,"id":62,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"customer","version":4}
2	68	1	piece	62	returned	{"creator":62,"holding_id":63,"id":62,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"customer","version":4}	{"creator":62,"holding_id":63,"id":62,"kind":"roll","length":null,"origin_id":null,"size":50000000,"status":"available","version":5}
2	69	1	transformation	72	created	\N	{"bundles":null,"id":72,"item_id":18,"kerf":0,"kind":"create","lines":[[27,55000000]],"made":55000000,"number":69,"rest":0,"size":null,"used":55000000,"version":1,"waste":0}
2	69	2	unit	73	created	\N	{"code":"SPARE-000001","id":73,"item_id":18,"lot_id":null,"retired":false,"version":1}
2	69	3	holding	74	opened	\N	{"floor":0,"id":74,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":73}
2	69	4	piece	73	created	\N	{"creator":69,"holding_id":74,"id":73,"kind":"spare","length":null,"origin_id":72,"size":30000000,"status":"available","version":1}
2	69	5	unit	75	created	\N	{"code":"SPARE-000002","id":75,"item_id":18,"lot_id":null,"retired":false,"version":1}
2	69	6	holding	76	opened	\N	{"floor":0,"id":76,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":75}
2	69	7	piece	75	created	\N	{"creator":69,"holding_id":76,"id":75,"kind":"spare","length":null,"origin_id":72,"size":25000000,"status":"available","version":1}
2	70	1	piece	73	combined	{"creator":69,"holding_id":74,"id":73,"kind":"spare","length":null,"origin_id":72,"size":30000000,"status":"available","version":1}	{"creator":69,"holding_id":74,"id":73,"kind":"spare","length":null,"origin_id":72,"size":30000000,"status":"used","version":2}
2	70	2	piece	75	combined	{"creator":69,"holding_id":76,"id":75,"kind":"spare","length":null,"origin_id":72,"size":25000000,"status":"available","version":1}	{"creator":69,"holding_id":76,"id":75,"kind":"spare","length":null,"origin_id":72,"size":25000000,"status":"used","version":2}
2	70	3	transformation	77	created	\N	{"bundles":5,"id":77,"item_id":18,"kerf":0,"kind":"combine","lines":[[74,30000000],[76,25000000]],"made":50000000,"number":70,"rest":5000000,"size":10000000,"used":55000000,"version":1,"waste":0}
2	70	4	unit	78	created	\N	{"code":"BUNDLE-000001","id":78,"item_id":18,"lot_id":null,"retired":false,"version":1}
2	70	5	holding	79	opened	\N	{"floor":0,"id":79,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":78}
2	70	6	piece	78	created	\N	{"creator":70,"holding_id":79,"id":78,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"available","version":1}
2	70	7	unit	80	created	\N	{"code":"BUNDLE-000002","id":80,"item_id":18,"lot_id":null,"retired":false,"version":1}
2	70	8	holding	81	opened	\N	{"floor":0,"id":81,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":80}
2	70	9	piece	80	created	\N	{"creator":70,"holding_id":81,"id":80,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"available","version":1}
2	70	10	unit	82	created	\N	{"code":"BUNDLE-000003","id":82,"item_id":18,"lot_id":null,"retired":false,"version":1}
2	70	11	holding	83	opened	\N	{"floor":0,"id":83,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":82}
2	70	12	piece	82	created	\N	{"creator":70,"holding_id":83,"id":82,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"available","version":1}
2	70	13	unit	84	created	\N	{"code":"BUNDLE-000004","id":84,"item_id":18,"lot_id":null,"retired":false,"version":1}
2	70	14	holding	85	opened	\N	{"floor":0,"id":85,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":84}
2	70	15	piece	84	created	\N	{"creator":70,"holding_id":85,"id":84,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"available","version":1}
2	70	16	unit	86	created	\N	{"code":"BUNDLE-000005","id":86,"item_id":18,"lot_id":null,"retired":false,"version":1}
2	70	17	holding	87	opened	\N	{"floor":0,"id":87,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":86}
2	70	18	piece	86	created	\N	{"creator":70,"holding_id":87,"id":86,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"available","version":1}
2	70	19	unit	88	created	\N	{"code":"SPARE-000003","id":88,"item_id":18,"lot_id":null,"retired":false,"version":1}
2	70	20	holding	89	opened	\N	{"floor":0,"id":89,"item_id":18,"location_id":null,"lot_id":null,"site_id":9,"unit_id":88}
2	70	21	piece	88	created	\N	{"creator":70,"holding_id":89,"id":88,"kind":"spare","length":null,"origin_id":77,"size":5000000,"status":"available","version":1}
2	71	1	piece	88	reverted	{"creator":70,"holding_id":89,"id":88,"kind":"spare","length":null,"origin_id":77,"size":5000000,"status":"available","version":1}	{"creator":70,"holding_id":89,"id":88,"kind":"spare","length":null,"origin_id":77,"size":5000000,"status":"undone","version":2}
2	71	2	unit	88	reverted	{"code":"SPARE-000003","id":88,"item_id":18,"lot_id":null,"retired":false,"version":1}	{"code":"SPARE-000003","id":88,"item_id":18,"lot_id":null,"retired":true,"version":2}
2	71	3	piece	86	reverted	{"creator":70,"holding_id":87,"id":86,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"available","version":1}	{"creator":70,"holding_id":87,"id":86,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"undone","version":2}
2	71	4	unit	86	reverted	{"code":"BUNDLE-000005","id":86,"item_id":18,"lot_id":null,"retired":false,"version":1}	{"code":"BUNDLE-000005","id":86,"item_id":18,"lot_id":null,"retired":true,"version":2}
2	71	5	piece	84	reverted	{"creator":70,"holding_id":85,"id":84,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"available","version":1}	{"creator":70,"holding_id":85,"id":84,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"undone","version":2}
2	71	6	unit	84	reverted	{"code":"BUNDLE-000004","id":84,"item_id":18,"lot_id":null,"retired":false,"version":1}	{"code":"BUNDLE-000004","id":84,"item_id":18,"lot_id":null,"retired":true,"version":2}
2	71	7	piece	82	reverted	{"creator":70,"holding_id":83,"id":82,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"available","version":1}	{"creator":70,"holding_id":83,"id":82,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"undone","version":2}
2	71	8	unit	82	reverted	{"code":"BUNDLE-000003","id":82,"item_id":18,"lot_id":null,"retired":false,"version":1}	{"code":"BUNDLE-000003","id":82,"item_id":18,"lot_id":null,"retired":true,"version":2}
2	71	9	piece	80	reverted	{"creator":70,"holding_id":81,"id":80,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"available","version":1}	{"creator":70,"holding_id":81,"id":80,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"undone","version":2}
2	71	10	unit	80	reverted	{"code":"BUNDLE-000002","id":80,"item_id":18,"lot_id":null,"retired":false,"version":1}	{"code":"BUNDLE-000002","id":80,"item_id":18,"lot_id":null,"retired":true,"version":2}
2	71	11	piece	78	reverted	{"creator":70,"holding_id":79,"id":78,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"available","version":1}	{"creator":70,"holding_id":79,"id":78,"kind":"bundle","length":null,"origin_id":77,"size":10000000,"status":"undone","version":2}
2	71	12	unit	78	reverted	{"code":"BUNDLE-000001","id":78,"item_id":18,"lot_id":null,"retired":false,"version":1}	{"code":"BUNDLE-000001","id":78,"item_id":18,"lot_id":null,"retired":true,"version":2}
2	71	13	piece	75	reverted	{"creator":69,"holding_id":76,"id":75,"kind":"spare","length":null,"origin_id":72,"size":25000000,"status":"used","version":2}	{"creator":69,"holding_id":76,"id":75,"kind":"spare","length":null,"origin_id":72,"size":25000000,"status":"available","version":3}
2	71	14	piece	73	reverted	{"creator":69,"holding_id":74,"id":73,"kind":"spare","length":null,"origin_id":72,"size":30000000,"status":"used","version":2}	{"creator":69,"holding_id":74,"id":73,"kind":"spare","length":null,"origin_id":72,"size":30000000,"status":"available","version":3}
2	72	1	unit	90	created	\N	{"code":"G-1","id":90,"item_id":14,"lot_id":null,"retired":false,"version":1}
2	72	2	holding	91	opened	\N	{"floor":0,"id":91,"item_id":14,"location_id":null,"lot_id":null,"site_id":9,"unit_id":90}
2	72	3	serial	92	created	\N	{"condition":"A","document_id":null,"document_type":null,"id":92,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":90,"version":1}
2	72	4	unit	93	created	\N	{"code":"G-2","id":93,"item_id":14,"lot_id":null,"retired":false,"version":1}
2	72	5	holding	94	opened	\N	{"floor":0,"id":94,"item_id":14,"location_id":null,"lot_id":null,"site_id":9,"unit_id":93}
2	72	6	serial	95	created	\N	{"condition":"A","document_id":null,"document_type":null,"id":95,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":93,"version":1}
2	72	7	unit	96	created	\N	{"code":"G-3","id":96,"item_id":14,"lot_id":null,"retired":false,"version":1}
2	72	8	holding	97	opened	\N	{"floor":0,"id":97,"item_id":14,"location_id":null,"lot_id":null,"site_id":9,"unit_id":96}
2	72	9	serial	98	created	\N	{"condition":"B","document_id":null,"document_type":null,"id":98,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":96,"version":1}
2	72	10	unit	99	created	\N	{"code":"G-4","id":99,"item_id":14,"lot_id":null,"retired":false,"version":1}
2	72	11	holding	100	opened	\N	{"floor":0,"id":100,"item_id":14,"location_id":null,"lot_id":null,"site_id":9,"unit_id":99}
2	72	12	serial	101	created	\N	{"condition":"B","document_id":null,"document_type":null,"id":101,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":99,"version":1}
2	73	1	serial	98	graded	{"condition":"B","document_id":null,"document_type":null,"id":98,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":96,"version":1}	{"condition":"C","document_id":null,"document_type":null,"id":98,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":96,"version":2}
2	74	1	customer	102	created	\N	{"code":"C-1","email":"orders@cafe-nord.example","id":102,"name":"Cafe Nord","vat_number":null,"version":1}
2	75	1	reservation	104	created	\N	{"claimed_by":null,"document_id":"I-1","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":104,"lease_until":null,"lines":[[91,1000000]],"owner":"invoice","owner_id":103,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	75	2	invoice	103	created	\N	{"customer_id":102,"delivery":null,"gross":240000000,"id":103,"line_count":1,"net":200000000,"number":"I-1","paid":0,"prices_include_vat":true,"reservation_id":104,"site_id":9,"sold":null,"status":"open","vat":40000000,"version":1}
2	75	3	invoice_line	105	created	\N	{"gross":240000000,"id":105,"invoice_id":103,"is_open":true,"item_id":14,"net":200000000,"position":1,"price":240000000,"quantity":1000000,"returned":0,"unit_id":90,"vat":40000000,"vat_rate":20000000,"version":1}
2	75	4	serial	92	invoice_created	{"condition":"A","document_id":null,"document_type":null,"id":92,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":90,"version":1}	{"condition":"A","document_id":"I-1","document_type":"invoice","id":92,"reservation_id":104,"reserved_by":"ann","reserved_until":null,"status":"reserved","unit_id":90,"version":2}
2	76	1	payment	106	created	\N	{"amount":100000000,"id":106,"invoice_id":103,"method":"card","order_id":null,"paid_at":"2026-11-30T20:22:23.195249+00:00","reference":"tx-778","version":1}
2	76	2	invoice	103	paid_in_part	{"customer_id":102,"delivery":null,"gross":240000000,"id":103,"line_count":1,"net":200000000,"number":"I-1","paid":0,"prices_include_vat":true,"reservation_id":104,"site_id":9,"sold":null,"status":"open","vat":40000000,"version":1}	{"customer_id":102,"delivery":null,"gross":240000000,"id":103,"line_count":1,"net":200000000,"number":"I-1","paid":100000000,"prices_include_vat":true,"reservation_id":104,"site_id":9,"sold":null,"status":"open","vat":40000000,"version":2}
2	77	1	payment	107	created	\N	{"amount":140000000,"id":107,"invoice_id":103,"method":"cash","order_id":null,"paid_at":"2026-11-30T20:22:23.226696+00:00","reference":null,"version":1}
2	77	2	reservation	104	committed	{"claimed_by":null,"document_id":"I-1","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":104,"lease_until":null,"lines":[[91,1000000]],"owner":"invoice","owner_id":103,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"I-1","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":104,"lease_until":null,"lines":[],"owner":"invoice","owner_id":103,"priority":0,"rank":null,"site_id":9,"status":"committed","version":2,"wanted":null}
2	77	3	invoice	103	paid	{"customer_id":102,"delivery":null,"gross":240000000,"id":103,"line_count":1,"net":200000000,"number":"I-1","paid":100000000,"prices_include_vat":true,"reservation_id":104,"site_id":9,"sold":null,"status":"open","vat":40000000,"version":2}	{"customer_id":102,"delivery":null,"gross":240000000,"id":103,"line_count":1,"net":200000000,"number":"I-1","paid":240000000,"prices_include_vat":true,"reservation_id":104,"site_id":9,"sold":[[91,1000000]],"status":"paid","vat":40000000,"version":3}
2	77	4	serial	92	invoice_paid	{"condition":"A","document_id":"I-1","document_type":"invoice","id":92,"reservation_id":104,"reserved_by":"ann","reserved_until":null,"status":"reserved","unit_id":90,"version":2}	{"condition":"A","document_id":"I-1","document_type":"invoice","id":92,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"sold","unit_id":90,"version":3}
2	78	1	invoice	103	delivered	{"customer_id":102,"delivery":null,"gross":240000000,"id":103,"line_count":1,"net":200000000,"number":"I-1","paid":240000000,"prices_include_vat":true,"reservation_id":104,"site_id":9,"sold":[[91,1000000]],"status":"paid","vat":40000000,"version":3}	{"customer_id":102,"delivery":{"carrier":"Van","tracking":"VAN-12"},"gross":240000000,"id":103,"line_count":1,"net":200000000,"number":"I-1","paid":240000000,"prices_include_vat":true,"reservation_id":104,"site_id":9,"sold":null,"status":"delivered","vat":40000000,"version":4}
2	78	2	invoice_line	105	closed	{"gross":240000000,"id":105,"invoice_id":103,"is_open":true,"item_id":14,"net":200000000,"position":1,"price":240000000,"quantity":1000000,"returned":0,"unit_id":90,"vat":40000000,"vat_rate":20000000,"version":1}	{"gross":240000000,"id":105,"invoice_id":103,"is_open":false,"item_id":14,"net":200000000,"position":1,"price":240000000,"quantity":1000000,"returned":0,"unit_id":90,"vat":40000000,"vat_rate":20000000,"version":2}
2	78	3	serial	92	delivered	{"condition":"A","document_id":"I-1","document_type":"invoice","id":92,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"sold","unit_id":90,"version":3}	{"condition":"A","document_id":"I-1","document_type":"invoice","id":92,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"delivered","unit_id":90,"version":4}
2	79	1	invoice_line	105	returned	{"gross":240000000,"id":105,"invoice_id":103,"is_open":false,"item_id":14,"net":200000000,"position":1,"price":240000000,"quantity":1000000,"returned":0,"unit_id":90,"vat":40000000,"vat_rate":20000000,"version":2}	{"gross":240000000,"id":105,"invoice_id":103,"is_open":false,"item_id":14,"net":200000000,"position":1,"price":240000000,"quantity":1000000,"returned":1000000,"unit_id":90,"vat":40000000,"vat_rate":20000000,"version":3}
2	79	2	serial	92	returned	{"condition":"A","document_id":"I-1","document_type":"invoice","id":92,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"delivered","unit_id":90,"version":4}	{"condition":"A","document_id":null,"document_type":null,"id":92,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":90,"version":5}
2	80	1	payment	108	created	\N	{"amount":-240000000,"id":108,"invoice_id":103,"method":"card","order_id":null,"paid_at":"2026-11-30T20:22:23.309769+00:00","reference":null,"version":1}
2	80	2	invoice	103	refunded	{"customer_id":102,"delivery":{"carrier":"Van","tracking":"VAN-12"},"gross":240000000,"id":103,"line_count":1,"net":200000000,"number":"I-1","paid":240000000,"prices_include_vat":true,"reservation_id":104,"site_id":9,"sold":null,"status":"delivered","vat":40000000,"version":4}	{"customer_id":102,"delivery":{"carrier":"Van","tracking":"VAN-12"},"gross":240000000,"id":103,"line_count":1,"net":200000000,"number":"I-1","paid":0,"prices_include_vat":true,"reservation_id":104,"site_id":9,"sold":null,"status":"delivered","vat":40000000,"version":5}
2	81	1	reservation	110	created	\N	{"claimed_by":null,"document_id":"I-2","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":110,"lease_until":null,"lines":[[94,1000000]],"owner":"invoice","owner_id":109,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	81	2	invoice	109	created	\N	{"customer_id":null,"delivery":null,"gross":240000000,"id":109,"line_count":1,"net":200000000,"number":"I-2","paid":0,"prices_include_vat":true,"reservation_id":110,"site_id":9,"sold":null,"status":"open","vat":40000000,"version":1}
2	81	3	invoice_line	111	created	\N	{"gross":240000000,"id":111,"invoice_id":109,"is_open":true,"item_id":14,"net":200000000,"position":1,"price":240000000,"quantity":1000000,"returned":0,"unit_id":93,"vat":40000000,"vat_rate":20000000,"version":1}
2	81	4	serial	95	invoice_created	{"condition":"A","document_id":null,"document_type":null,"id":95,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":93,"version":1}	{"condition":"A","document_id":"I-2","document_type":"invoice","id":95,"reservation_id":110,"reserved_by":"ann","reserved_until":null,"status":"reserved","unit_id":93,"version":2}
2	82	1	reservation	110	released	{"claimed_by":null,"document_id":"I-2","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":110,"lease_until":null,"lines":[[94,1000000]],"owner":"invoice","owner_id":109,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"I-2","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":110,"lease_until":null,"lines":[],"owner":"invoice","owner_id":109,"priority":0,"rank":null,"site_id":9,"status":"released","version":2,"wanted":null}
2	82	2	invoice	109	cancelled	{"customer_id":null,"delivery":null,"gross":240000000,"id":109,"line_count":1,"net":200000000,"number":"I-2","paid":0,"prices_include_vat":true,"reservation_id":110,"site_id":9,"sold":null,"status":"open","vat":40000000,"version":1}	{"customer_id":null,"delivery":null,"gross":240000000,"id":109,"line_count":1,"net":200000000,"number":"I-2","paid":0,"prices_include_vat":true,"reservation_id":110,"site_id":9,"sold":null,"status":"cancelled","vat":40000000,"version":2}
2	82	3	invoice_line	111	closed	{"gross":240000000,"id":111,"invoice_id":109,"is_open":true,"item_id":14,"net":200000000,"position":1,"price":240000000,"quantity":1000000,"returned":0,"unit_id":93,"vat":40000000,"vat_rate":20000000,"version":1}	{"gross":240000000,"id":111,"invoice_id":109,"is_open":false,"item_id":14,"net":200000000,"position":1,"price":240000000,"quantity":1000000,"returned":0,"unit_id":93,"vat":40000000,"vat_rate":20000000,"version":2}
2	82	4	serial	95	invoice_cancelled	{"condition":"A","document_id":"I-2","document_type":"invoice","id":95,"reservation_id":110,"reserved_by":"ann","reserved_until":null,"status":"reserved","unit_id":93,"version":2}	{"condition":"A","document_id":null,"document_type":null,"id":95,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":93,"version":3}
2	83	1	reservation	113	created	\N	{"claimed_by":null,"document_id":"I-3","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":113,"lease_until":null,"lines":[[97,1000000]],"owner":"invoice","owner_id":112,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	83	2	invoice	112	created	\N	{"customer_id":null,"delivery":null,"gross":180000000,"id":112,"line_count":1,"net":150000000,"number":"I-3","paid":0,"prices_include_vat":true,"reservation_id":113,"site_id":9,"sold":null,"status":"open","vat":30000000,"version":1}
2	83	3	invoice_line	114	created	\N	{"gross":180000000,"id":114,"invoice_id":112,"is_open":true,"item_id":14,"net":150000000,"position":1,"price":180000000,"quantity":1000000,"returned":0,"unit_id":96,"vat":30000000,"vat_rate":20000000,"version":1}
2	83	4	serial	98	invoice_created	{"condition":"C","document_id":null,"document_type":null,"id":98,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":96,"version":2}	{"condition":"C","document_id":"I-3","document_type":"invoice","id":98,"reservation_id":113,"reserved_by":"ann","reserved_until":null,"status":"reserved","unit_id":96,"version":3}
2	84	1	payment	115	created	\N	{"amount":180000000,"id":115,"invoice_id":112,"method":"card","order_id":null,"paid_at":"2026-11-30T20:22:23.627269+00:00","reference":null,"version":1}
2	84	2	reservation	113	committed	{"claimed_by":null,"document_id":"I-3","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":113,"lease_until":null,"lines":[[97,1000000]],"owner":"invoice","owner_id":112,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"I-3","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":113,"lease_until":null,"lines":[],"owner":"invoice","owner_id":112,"priority":0,"rank":null,"site_id":9,"status":"committed","version":2,"wanted":null}
2	84	3	invoice	112	paid	{"customer_id":null,"delivery":null,"gross":180000000,"id":112,"line_count":1,"net":150000000,"number":"I-3","paid":0,"prices_include_vat":true,"reservation_id":113,"site_id":9,"sold":null,"status":"open","vat":30000000,"version":1}	{"customer_id":null,"delivery":null,"gross":180000000,"id":112,"line_count":1,"net":150000000,"number":"I-3","paid":180000000,"prices_include_vat":true,"reservation_id":113,"site_id":9,"sold":[[97,1000000]],"status":"paid","vat":30000000,"version":2}
2	84	4	serial	98	invoice_paid	{"condition":"C","document_id":"I-3","document_type":"invoice","id":98,"reservation_id":113,"reserved_by":"ann","reserved_until":null,"status":"reserved","unit_id":96,"version":3}	{"condition":"C","document_id":"I-3","document_type":"invoice","id":98,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"sold","unit_id":96,"version":4}
2	85	1	invoice	112	delivered	{"customer_id":null,"delivery":null,"gross":180000000,"id":112,"line_count":1,"net":150000000,"number":"I-3","paid":180000000,"prices_include_vat":true,"reservation_id":113,"site_id":9,"sold":[[97,1000000]],"status":"paid","vat":30000000,"version":2}	{"customer_id":null,"delivery":null,"gross":180000000,"id":112,"line_count":1,"net":150000000,"number":"I-3","paid":180000000,"prices_include_vat":true,"reservation_id":113,"site_id":9,"sold":null,"status":"delivered","vat":30000000,"version":3}
2	85	2	invoice_line	114	closed	{"gross":180000000,"id":114,"invoice_id":112,"is_open":true,"item_id":14,"net":150000000,"position":1,"price":180000000,"quantity":1000000,"returned":0,"unit_id":96,"vat":30000000,"vat_rate":20000000,"version":1}	{"gross":180000000,"id":114,"invoice_id":112,"is_open":false,"item_id":14,"net":150000000,"position":1,"price":180000000,"quantity":1000000,"returned":0,"unit_id":96,"vat":30000000,"vat_rate":20000000,"version":2}
2	85	3	serial	98	delivered	{"condition":"C","document_id":"I-3","document_type":"invoice","id":98,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"sold","unit_id":96,"version":4}	{"condition":"C","document_id":"I-3","document_type":"invoice","id":98,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"delivered","unit_id":96,"version":5}
2	86	1	reservation	117	created	\N	{"claimed_by":null,"document_id":"I-4","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":117,"lease_until":null,"lines":[[100,1000000]],"owner":"invoice","owner_id":116,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	86	2	invoice	116	created	\N	{"customer_id":null,"delivery":null,"gross":180000000,"id":116,"line_count":1,"net":150000000,"number":"I-4","paid":0,"prices_include_vat":true,"reservation_id":117,"site_id":9,"sold":null,"status":"open","vat":30000000,"version":1}
2	86	3	invoice_line	118	created	\N	{"gross":180000000,"id":118,"invoice_id":116,"is_open":true,"item_id":14,"net":150000000,"position":1,"price":180000000,"quantity":1000000,"returned":0,"unit_id":99,"vat":30000000,"vat_rate":20000000,"version":1}
2	86	4	serial	101	invoice_created	{"condition":"B","document_id":null,"document_type":null,"id":101,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":99,"version":1}	{"condition":"B","document_id":"I-4","document_type":"invoice","id":101,"reservation_id":117,"reserved_by":"ann","reserved_until":null,"status":"reserved","unit_id":99,"version":2}
2	87	1	reservation	117	released	{"claimed_by":null,"document_id":"I-4","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":117,"lease_until":null,"lines":[[100,1000000]],"owner":"invoice","owner_id":116,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"I-4","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":117,"lease_until":null,"lines":[],"owner":"invoice","owner_id":116,"priority":0,"rank":null,"site_id":9,"status":"released","version":2,"wanted":null}
2	87	2	invoice	116	cancelled	{"customer_id":null,"delivery":null,"gross":180000000,"id":116,"line_count":1,"net":150000000,"number":"I-4","paid":0,"prices_include_vat":true,"reservation_id":117,"site_id":9,"sold":null,"status":"open","vat":30000000,"version":1}	{"customer_id":null,"delivery":null,"gross":180000000,"id":116,"line_count":1,"net":150000000,"number":"I-4","paid":0,"prices_include_vat":true,"reservation_id":117,"site_id":9,"sold":null,"status":"cancelled","vat":30000000,"version":2}
2	87	3	invoice_line	118	closed	{"gross":180000000,"id":118,"invoice_id":116,"is_open":true,"item_id":14,"net":150000000,"position":1,"price":180000000,"quantity":1000000,"returned":0,"unit_id":99,"vat":30000000,"vat_rate":20000000,"version":1}	{"gross":180000000,"id":118,"invoice_id":116,"is_open":false,"item_id":14,"net":150000000,"position":1,"price":180000000,"quantity":1000000,"returned":0,"unit_id":99,"vat":30000000,"vat_rate":20000000,"version":2}
2	87	4	serial	101	invoice_cancelled	{"condition":"B","document_id":"I-4","document_type":"invoice","id":101,"reservation_id":117,"reserved_by":"ann","reserved_until":null,"status":"reserved","unit_id":99,"version":2}	{"condition":"B","document_id":null,"document_type":null,"id":101,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":99,"version":3}
2	88	1	reservation	120	created	\N	{"claimed_by":null,"document_id":"I-5","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":120,"lease_until":null,"lines":[[100,1000000]],"owner":"invoice","owner_id":119,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	88	2	invoice	119	created	\N	{"customer_id":null,"delivery":null,"gross":180000000,"id":119,"line_count":1,"net":150000000,"number":"I-5","paid":0,"prices_include_vat":true,"reservation_id":120,"site_id":9,"sold":null,"status":"open","vat":30000000,"version":1}
2	88	3	invoice_line	121	created	\N	{"gross":180000000,"id":121,"invoice_id":119,"is_open":true,"item_id":14,"net":150000000,"position":1,"price":180000000,"quantity":1000000,"returned":0,"unit_id":99,"vat":30000000,"vat_rate":20000000,"version":1}
2	88	4	serial	101	invoice_created	{"condition":"B","document_id":null,"document_type":null,"id":101,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"available","unit_id":99,"version":3}	{"condition":"B","document_id":"I-5","document_type":"invoice","id":101,"reservation_id":120,"reserved_by":"ann","reserved_until":null,"status":"reserved","unit_id":99,"version":4}
2	89	1	payment	122	created	\N	{"amount":180000000,"id":122,"invoice_id":119,"method":"card","order_id":null,"paid_at":"2026-11-30T20:22:23.821053+00:00","reference":null,"version":1}
2	89	2	reservation	120	committed	{"claimed_by":null,"document_id":"I-5","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":120,"lease_until":null,"lines":[[100,1000000]],"owner":"invoice","owner_id":119,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"I-5","document_type":"invoice","expires_at":null,"hold_seconds":null,"id":120,"lease_until":null,"lines":[],"owner":"invoice","owner_id":119,"priority":0,"rank":null,"site_id":9,"status":"committed","version":2,"wanted":null}
2	89	3	invoice	119	paid	{"customer_id":null,"delivery":null,"gross":180000000,"id":119,"line_count":1,"net":150000000,"number":"I-5","paid":0,"prices_include_vat":true,"reservation_id":120,"site_id":9,"sold":null,"status":"open","vat":30000000,"version":1}	{"customer_id":null,"delivery":null,"gross":180000000,"id":119,"line_count":1,"net":150000000,"number":"I-5","paid":180000000,"prices_include_vat":true,"reservation_id":120,"site_id":9,"sold":[[100,1000000]],"status":"paid","vat":30000000,"version":2}
2	89	4	serial	101	invoice_paid	{"condition":"B","document_id":"I-5","document_type":"invoice","id":101,"reservation_id":120,"reserved_by":"ann","reserved_until":null,"status":"reserved","unit_id":99,"version":4}	{"condition":"B","document_id":"I-5","document_type":"invoice","id":101,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"sold","unit_id":99,"version":5}
2	90	1	invoice	119	delivered	{"customer_id":null,"delivery":null,"gross":180000000,"id":119,"line_count":1,"net":150000000,"number":"I-5","paid":180000000,"prices_include_vat":true,"reservation_id":120,"site_id":9,"sold":[[100,1000000]],"status":"paid","vat":30000000,"version":2}	{"customer_id":null,"delivery":null,"gross":180000000,"id":119,"line_count":1,"net":150000000,"number":"I-5","paid":180000000,"prices_include_vat":true,"reservation_id":120,"site_id":9,"sold":null,"status":"delivered","vat":30000000,"version":3}
2	90	2	invoice_line	121	closed	{"gross":180000000,"id":121,"invoice_id":119,"is_open":true,"item_id":14,"net":150000000,"position":1,"price":180000000,"quantity":1000000,"returned":0,"unit_id":99,"vat":30000000,"vat_rate":20000000,"version":1}	{"gross":180000000,"id":121,"invoice_id":119,"is_open":false,"item_id":14,"net":150000000,"position":1,"price":180000000,"quantity":1000000,"returned":0,"unit_id":99,"vat":30000000,"vat_rate":20000000,"version":2}
2	90	3	serial	101	delivered	{"condition":"B","document_id":"I-5","document_type":"invoice","id":101,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"sold","unit_id":99,"version":5}	{"condition":"B","document_id":"I-5","document_type":"invoice","id":101,"reservation_id":null,"reserved_by":null,"reserved_until":null,"status":"delivered","unit_id":99,"version":6}
2	91	1	reservation	123	created	\N	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":null,"hold_seconds":null,"id":123,"lease_until":null,"lines":[[25,1000000],[28,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	92	1	reservation	123	ordered	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":null,"hold_seconds":null,"id":123,"lease_until":null,"lines":[[25,1000000],[28,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"O-1","document_type":"order","expires_at":null,"hold_seconds":null,"id":123,"lease_until":null,"lines":[[25,1000000],[28,1000000]],"owner":"sales_order","owner_id":124,"priority":0,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}
2	92	2	sales_order	124	created	\N	{"customer_id":102,"gross":37000000,"id":124,"net":30830000,"number":"O-1","ordered":[["MUG",1000000,12000000,20000000],["SHIRT-M",1000000,25000000,20000000]],"paid":0,"rates":[[20000000,30830000,6170000,37000000]],"reservations":[123],"status":"placed","vat":6170000,"version":1}
2	93	1	payment	125	created	\N	{"amount":37000000,"id":125,"invoice_id":null,"method":"card","order_id":124,"paid_at":"2026-11-30T20:22:24.163492+00:00","reference":"tx-779","version":1}
2	93	2	sales_order	124	paid	{"customer_id":102,"gross":37000000,"id":124,"net":30830000,"number":"O-1","ordered":[["MUG",1000000,12000000,20000000],["SHIRT-M",1000000,25000000,20000000]],"paid":0,"rates":[[20000000,30830000,6170000,37000000]],"reservations":[123],"status":"placed","vat":6170000,"version":1}	{"customer_id":102,"gross":37000000,"id":124,"net":30830000,"number":"O-1","ordered":[["MUG",1000000,12000000,20000000],["SHIRT-M",1000000,25000000,20000000]],"paid":37000000,"rates":[[20000000,30830000,6170000,37000000]],"reservations":[123],"status":"paid","vat":6170000,"version":2}
2	94	1	sales_order	124	fulfilled	{"customer_id":102,"gross":37000000,"id":124,"net":30830000,"number":"O-1","ordered":[["MUG",1000000,12000000,20000000],["SHIRT-M",1000000,25000000,20000000]],"paid":37000000,"rates":[[20000000,30830000,6170000,37000000]],"reservations":[123],"status":"paid","vat":6170000,"version":2}	{"customer_id":102,"gross":37000000,"id":124,"net":30830000,"number":"O-1","ordered":[["MUG",1000000,12000000,20000000],["SHIRT-M",1000000,25000000,20000000]],"paid":37000000,"rates":[[20000000,30830000,6170000,37000000]],"reservations":[123],"status":"fulfilled","vat":6170000,"version":3}
2	95	1	reservation	123	committed	{"claimed_by":null,"document_id":"O-1","document_type":"order","expires_at":null,"hold_seconds":null,"id":123,"lease_until":null,"lines":[[25,1000000],[28,1000000]],"owner":"sales_order","owner_id":124,"priority":0,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}	{"claimed_by":null,"document_id":"O-1","document_type":"order","expires_at":null,"hold_seconds":null,"id":123,"lease_until":null,"lines":[],"owner":"sales_order","owner_id":124,"priority":0,"rank":null,"site_id":9,"status":"committed","version":3,"wanted":null}
2	95	2	sales_order	124	completed	{"customer_id":102,"gross":37000000,"id":124,"net":30830000,"number":"O-1","ordered":[["MUG",1000000,12000000,20000000],["SHIRT-M",1000000,25000000,20000000]],"paid":37000000,"rates":[[20000000,30830000,6170000,37000000]],"reservations":[123],"status":"fulfilled","vat":6170000,"version":3}	{"customer_id":102,"gross":37000000,"id":124,"net":30830000,"number":"O-1","ordered":[["MUG",1000000,12000000,20000000],["SHIRT-M",1000000,25000000,20000000]],"paid":37000000,"rates":[[20000000,30830000,6170000,37000000]],"reservations":[123],"status":"completed","vat":6170000,"version":4}
2	96	1	reservation	126	created	\N	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":null,"hold_seconds":null,"id":126,"lease_until":null,"lines":[[28,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	97	1	reservation	126	ordered	{"claimed_by":null,"document_id":null,"document_type":null,"expires_at":null,"hold_seconds":null,"id":126,"lease_until":null,"lines":[[28,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"O-2","document_type":"order","expires_at":null,"hold_seconds":null,"id":126,"lease_until":null,"lines":[[28,1000000]],"owner":"sales_order","owner_id":127,"priority":0,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}
2	97	2	sales_order	127	created	\N	{"customer_id":null,"gross":25000000,"id":127,"net":20830000,"number":"O-2","ordered":[["SHIRT-M",1000000,25000000,20000000]],"paid":0,"rates":[[20000000,20830000,4170000,25000000]],"reservations":[126],"status":"placed","vat":4170000,"version":1}
2	98	1	payment	128	created	\N	{"amount":25000000,"id":128,"invoice_id":null,"method":"card","order_id":127,"paid_at":"2026-11-30T20:22:24.297191+00:00","reference":"tx-780","version":1}
2	98	2	sales_order	127	paid	{"customer_id":null,"gross":25000000,"id":127,"net":20830000,"number":"O-2","ordered":[["SHIRT-M",1000000,25000000,20000000]],"paid":0,"rates":[[20000000,20830000,4170000,25000000]],"reservations":[126],"status":"placed","vat":4170000,"version":1}	{"customer_id":null,"gross":25000000,"id":127,"net":20830000,"number":"O-2","ordered":[["SHIRT-M",1000000,25000000,20000000]],"paid":25000000,"rates":[[20000000,20830000,4170000,25000000]],"reservations":[126],"status":"paid","vat":4170000,"version":2}
2	99	1	sales_order	127	cancelled	{"customer_id":null,"gross":25000000,"id":127,"net":20830000,"number":"O-2","ordered":[["SHIRT-M",1000000,25000000,20000000]],"paid":25000000,"rates":[[20000000,20830000,4170000,25000000]],"reservations":[126],"status":"paid","vat":4170000,"version":2}	{"customer_id":null,"gross":25000000,"id":127,"net":20830000,"number":"O-2","ordered":[["SHIRT-M",1000000,25000000,20000000]],"paid":25000000,"rates":[[20000000,20830000,4170000,25000000]],"reservations":[126],"status":"cancelled","vat":4170000,"version":3}
2	99	2	reservation	126	released	{"claimed_by":null,"document_id":"O-2","document_type":"order","expires_at":null,"hold_seconds":null,"id":126,"lease_until":null,"lines":[[28,1000000]],"owner":"sales_order","owner_id":127,"priority":0,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}	{"claimed_by":null,"document_id":"O-2","document_type":"order","expires_at":null,"hold_seconds":null,"id":126,"lease_until":null,"lines":[],"owner":"sales_order","owner_id":127,"priority":0,"rank":null,"site_id":9,"status":"released","version":3,"wanted":null}
2	100	1	payment	129	created	\N	{"amount":-25000000,"id":129,"invoice_id":null,"method":"card","order_id":127,"paid_at":"2026-11-30T20:22:24.318999+00:00","reference":null,"version":1}
2	100	2	sales_order	127	refunded	{"customer_id":null,"gross":25000000,"id":127,"net":20830000,"number":"O-2","ordered":[["SHIRT-M",1000000,25000000,20000000]],"paid":25000000,"rates":[[20000000,20830000,4170000,25000000]],"reservations":[126],"status":"cancelled","vat":4170000,"version":3}	{"customer_id":null,"gross":25000000,"id":127,"net":20830000,"number":"O-2","ordered":[["SHIRT-M",1000000,25000000,20000000]],"paid":0,"rates":[[20000000,20830000,4170000,25000000]],"reservations":[126],"status":"cancelled","vat":4170000,"version":4}
2	101	1	reservation	130	created	\N	{"claimed_by":null,"document_id":"check-a-cart-out","document_type":"cart","expires_at":"2100-01-01T00:00:00.000000+00:00","hold_seconds":null,"id":130,"lease_until":null,"lines":[[25,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}
2	102	1	reservation	130	ordered	{"claimed_by":null,"document_id":"check-a-cart-out","document_type":"cart","expires_at":"2100-01-01T00:00:00.000000+00:00","hold_seconds":null,"id":130,"lease_until":null,"lines":[[25,1000000]],"owner":null,"owner_id":null,"priority":0,"rank":null,"site_id":9,"status":"active","version":1,"wanted":null}	{"claimed_by":null,"document_id":"O-3","document_type":"order","expires_at":"2100-01-01T00:00:00.000000+00:00","hold_seconds":null,"id":130,"lease_until":null,"lines":[[25,1000000]],"owner":"sales_order","owner_id":131,"priority":0,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}
2	102	2	sales_order	131	created	\N	{"customer_id":102,"gross":12000000,"id":131,"net":10000000,"number":"O-3","ordered":[["MUG",1000000,12000000,20000000]],"paid":0,"rates":[[20000000,10000000,2000000,12000000]],"reservations":[130],"status":"placed","vat":2000000,"version":1}
2	103	1	sales_order	131	cancelled	{"customer_id":102,"gross":12000000,"id":131,"net":10000000,"number":"O-3","ordered":[["MUG",1000000,12000000,20000000]],"paid":0,"rates":[[20000000,10000000,2000000,12000000]],"reservations":[130],"status":"placed","vat":2000000,"version":1}	{"customer_id":102,"gross":12000000,"id":131,"net":10000000,"number":"O-3","ordered":[["MUG",1000000,12000000,20000000]],"paid":0,"rates":[[20000000,10000000,2000000,12000000]],"reservations":[130],"status":"cancelled","vat":2000000,"version":2}
2	103	2	reservation	130	released	{"claimed_by":null,"document_id":"O-3","document_type":"order","expires_at":"2100-01-01T00:00:00.000000+00:00","hold_seconds":null,"id":130,"lease_until":null,"lines":[[25,1000000]],"owner":"sales_order","owner_id":131,"priority":0,"rank":null,"site_id":9,"status":"active","version":2,"wanted":null}	{"claimed_by":null,"document_id":"O-3","document_type":"order","expires_at":"2100-01-01T00:00:00.000000+00:00","hold_seconds":null,"id":130,"lease_until":null,"lines":[],"owner":"sales_order","owner_id":131,"priority":0,"rank":null,"site_id":9,"status":"released","version":3,"wanted":null}
2	104	1	reorder_point	132	created	\N	{"id":132,"item_id":12,"point":60000000,"retired":false,"site_id":9,"target":120000000,"version":1}
2	105	1	purchase	133	created	\N	{"expected_on":"2099-03-01","id":133,"lines":[[25,60000000]],"site_id":9,"status":"expected","supplier":"Potteries Ltd","version":1}
2	106	1	purchase	133	received	{"expected_on":"2099-03-01","id":133,"lines":[[25,60000000]],"site_id":9,"status":"expected","supplier":"Potteries Ltd","version":1}	{"expected_on":"2099-03-01","id":133,"lines":[],"site_id":9,"status":"received","supplier":"Potteries Ltd","version":2}
2	110	1	webhook	134	created	\N	{"because":null,"credentials":["30670e23d7f256fd4e480466808135c9"],"id":134,"kinds":["sell"],"name":"books","older_until":null,"run":1,"sites":[],"skus":[],"start":111,"status":"active","url":"https://books.shop.example/onhand","version":1}
2	111	1	webhook	134	changed	{"because":null,"credentials":["30670e23d7f256fd4e480466808135c9"],"id":134,"kinds":["sell"],"name":"books","older_until":null,"run":1,"sites":[],"skus":[],"start":111,"status":"active","url":"https://books.shop.example/onhand","version":1}	{"because":null,"credentials":["30670e23d7f256fd4e480466808135c9"],"id":134,"kinds":["sell","return"],"name":"books","older_until":null,"run":1,"sites":[],"skus":[],"start":111,"status":"active","url":"https://books.shop.example/onhand","version":2}
2	112	1	webhook	134	rotated	{"because":null,"credentials":["30670e23d7f256fd4e480466808135c9"],"id":134,"kinds":["sell","return"],"name":"books","older_until":null,"run":1,"sites":[],"skus":[],"start":111,"status":"active","url":"https://books.shop.example/onhand","version":2}	{"because":null,"credentials":["5be555385ba22f9d43d95a2bfde0c061","30670e23d7f256fd4e480466808135c9"],"id":134,"kinds":["sell","return"],"name":"books","older_until":"2026-12-01T20:22:25.982510+00:00","run":1,"sites":[],"skus":[],"start":111,"status":"active","url":"https://books.shop.example/onhand","version":3}
2	113	1	webhook	134	disabled	{"because":null,"credentials":["5be555385ba22f9d43d95a2bfde0c061","30670e23d7f256fd4e480466808135c9"],"id":134,"kinds":["sell","return"],"name":"books","older_until":"2026-12-01T20:22:25.982510+00:00","run":1,"sites":[],"skus":[],"start":111,"status":"active","url":"https://books.shop.example/onhand","version":3}	{"because":"asked","credentials":["5be555385ba22f9d43d95a2bfde0c061","30670e23d7f256fd4e480466808135c9"],"id":134,"kinds":["sell","return"],"name":"books","older_until":"2026-12-01T20:22:25.982510+00:00","run":1,"sites":[],"skus":[],"start":111,"status":"disabled","url":"https://books.shop.example/onhand","version":4}
2	114	1	webhook	134	resumed	{"because":"asked","credentials":["5be555385ba22f9d43d95a2bfde0c061","30670e23d7f256fd4e480466808135c9"],"id":134,"kinds":["sell","return"],"name":"books","older_until":"2026-12-01T20:22:25.982510+00:00","run":1,"sites":[],"skus":[],"start":111,"status":"disabled","url":"https://books.shop.example/onhand","version":4}	{"because":null,"credentials":["5be555385ba22f9d43d95a2bfde0c061","30670e23d7f256fd4e480466808135c9"],"id":134,"kinds":["sell","return"],"name":"books","older_until":"2026-12-01T20:22:25.982510+00:00","run":1,"sites":[],"skus":[],"start":111,"status":"active","url":"https://books.shop.example/onhand","version":5}
\.
COPY public.customer (org_id, id, version, code, name, email, vat_number) FROM stdin;
2	102	1	C-1	Cafe Nord	orders@cafe-nord.example	\N
\.
COPY public.site (org_id, id, version, code, name, retired) FROM stdin;
1	1	1	depot	Depot	f
1	2	1	cafe-north	Cafe North	f
1	3	1	cafe-south	Cafe South	f
1	4	1	web-shop	Web shop	f
2	3	1	online	online	f
2	9	1	london	London, Brick Lane	f
2	10	1	leeds	Leeds, Kirkgate	f
\.
COPY public.deduction (org_id, id, version, site_id, transaction, status, items, parts) FROM stdin;
2	52	2	9	T-1001	voided	[["FLAT-WHITE", "Flat white", 2000000, "voided"]]	[[1, "Espresso", 43, 36000000], [1, "Milk", 46, 252631579], [1, "Cup", 27, 2000000]]
2	56	1	9	T-1002	deducted	[["FLAT-WHITE", "Flat white", 1000000, "deducted"]]	[[1, "Espresso", 43, 18000000], [1, "Milk", 46, 126315789], [1, "Cup", 27, 1000000]]
2	58	1	9	T-1003	deducted	[["FLAT-WHITE", "Flat white", 3000000, "deducted"]]	[[1, "Espresso", 43, 54000000], [1, "Milk", 46, 378947368], [1, "Cup", 27, 3000000]]
\.
COPY public.location (org_id, id, version, site_id, code, retired, zone, rack, shelf, bin) FROM stdin;
1	5	1	1	A-1	f	\N	\N	\N	\N
1	6	1	1	COLD-1	f	\N	\N	\N	\N
2	19	1	9	SHELF-1	f	\N	\N	\N	\N
\.
COPY public.vendor (org_id, id, version, name) FROM stdin;
2	39	1	Santos Trading
\.
COPY public.lot (org_id, id, version, item_id, code, received_at, expires_on, status, status_since, vendor_id, brand_id, category, subcategory, grade, strain_id, cost_mode, unit_cost, cost_min, cost_max, payment_terms, label) FROM stdin;
1	11	1	8	MILK-EARLY	2026-11-30 20:21:34.158346+00	2026-12-09	LIVE	2026-11-30 20:21:34.158346+00	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
1	13	1	8	MILK-LATE	2026-11-30 20:21:34.263609+00	2026-12-30	LIVE	2026-11-30 20:21:34.263609+00	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
1	15	1	7	BEANS-7	2026-11-30 20:21:34.306587+00	2027-06-18	LIVE	2026-11-30 20:21:34.306587+00	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N	\N
2	42	6	15	AZUL-1	2026-11-30 20:22:19.734014+00	2099-06-30	LIVE	2026-11-30 20:22:20.032493+00	39	40	coffee	\N	\N	\N	FIXED	30000	\N	\N	NET_30	Santos Trading Fazenda Azul Coffee beans
\.
COPY public.unit (org_id, id, version, item_id, code, lot_id, retired) FROM stdin;
2	60	1	17	ROLL-1	\N	f
2	62	1	17	ROLL-2	\N	f
2	69	2	17	OFFCUT-000001	\N	t
2	67	2	17	CUT-000002	\N	t
2	65	2	17	CUT-000001	\N	t
2	73	1	18	SPARE-000001	\N	f
2	75	1	18	SPARE-000002	\N	f
2	88	2	18	SPARE-000003	\N	t
2	86	2	18	BUNDLE-000005	\N	t
2	84	2	18	BUNDLE-000004	\N	t
2	82	2	18	BUNDLE-000003	\N	t
2	80	2	18	BUNDLE-000002	\N	t
2	78	2	18	BUNDLE-000001	\N	t
2	90	1	14	G-1	\N	f
2	93	1	14	G-2	\N	f
2	96	1	14	G-3	\N	f
2	99	1	14	G-4	\N	f
\.
COPY public.holding (org_id, id, version, site_id, item_id, location_id, lot_id, unit_id, floor, available, reserved, sold, quarantine, hold, incoming, defective, sample, value, unit_cost) FROM stdin;
1	25	7	3	9	\N	\N	\N	0	45000000	0	0	0	0	0	1000000	0	\N	\N
1	20	22	2	8	\N	11	\N	0	0	0	0	27000000	0	0	0	0	\N	\N
1	16	3	1	7	5	15	\N	0	9500000	0	0	0	0	0	0	0	\N	\N
1	12	3	1	8	6	11	\N	0	0	0	0	0	0	0	0	0	\N	\N
1	14	2	1	8	6	13	\N	0	40000000	0	0	0	0	0	0	0	\N	\N
1	23	22	3	8	\N	11	\N	0	0	0	0	7000000	0	0	0	0	\N	\N
1	24	1	3	8	\N	13	\N	0	20000000	0	0	0	0	0	0	0	\N	\N
1	18	2	1	10	5	\N	\N	0	0	0	0	0	0	0	0	0	\N	\N
1	17	4	1	9	5	\N	\N	0	76000000	0	0	0	0	0	0	0	\N	\N
1	21	6	2	9	\N	\N	\N	0	71000000	0	0	0	0	0	0	0	\N	\N
2	26	5	9	4	\N	\N	\N	0	1000000	0	0	0	0	0	0	0	3000000	3000000
1	19	21	2	7	\N	15	\N	0	7640000	0	0	0	0	0	0	0	\N	\N
1	22	21	3	7	\N	15	\N	0	7640000	0	0	0	0	0	0	0	\N	\N
2	25	20	9	12	\N	\N	\N	0	109000000	0	0	0	2000000	0	0	0	499500000	4500000
1	26	27	4	10	\N	\N	\N	0	3000000	0	0	0	0	0	0	0	\N	\N
1	40	4	3	10	\N	\N	\N	0	0	0	0	0	0	0	0	0	\N	\N
2	32	1	9	22	\N	\N	\N	0	1000000	0	0	0	0	0	0	0	\N	\N
2	29	4	10	12	\N	\N	\N	-10000000	-10000000	50000000	0	0	0	0	0	0	180000000	4500000
2	63	5	9	17	\N	\N	62	0	50000000	0	0	0	0	0	0	0	\N	\N
2	27	11	9	18	\N	\N	\N	0	428000000	9000000	0	0	0	0	0	0	21850000	50000
2	28	6	9	22	19	\N	\N	0	18000000	0	0	0	0	0	0	0	144000000	8000000
2	53	2	9	15	\N	\N	\N	0	0	0	0	0	0	0	0	0	\N	\N
2	43	11	9	15	\N	42	\N	0	19516000000	162000000	0	0	0	0	0	0	590340000	30000
2	46	8	9	16	\N	\N	\N	0	8357894732	1136842111	0	0	0	0	0	0	94947368	10000
2	66	2	9	17	\N	\N	65	0	0	0	0	0	0	0	0	0	\N	\N
2	61	3	9	17	\N	\N	60	0	50000000	0	0	0	0	0	0	0	\N	\N
2	70	2	9	17	\N	\N	69	0	0	0	0	0	0	0	0	0	\N	\N
2	68	2	9	17	\N	\N	67	0	0	0	0	0	0	0	0	0	\N	\N
2	89	2	9	18	\N	\N	88	0	0	0	0	0	0	0	0	0	\N	50000
2	87	2	9	18	\N	\N	86	0	0	0	0	0	0	0	0	0	\N	50000
2	85	2	9	18	\N	\N	84	0	0	0	0	0	0	0	0	0	\N	50000
2	83	2	9	18	\N	\N	82	0	0	0	0	0	0	0	0	0	\N	50000
2	81	2	9	18	\N	\N	80	0	0	0	0	0	0	0	0	0	\N	50000
2	79	2	9	18	\N	\N	78	0	0	0	0	0	0	0	0	0	\N	50000
2	76	3	9	18	\N	\N	75	0	25000000	0	0	0	0	0	0	0	1250000	50000
2	74	3	9	18	\N	\N	73	0	30000000	0	0	0	0	0	0	0	1500000	50000
2	91	5	9	14	\N	\N	90	0	1000000	0	0	0	0	0	0	0	130000000	130000000
2	94	3	9	14	\N	\N	93	0	1000000	0	0	0	0	0	0	0	130000000	130000000
2	97	4	9	14	\N	\N	96	0	0	0	0	0	0	0	0	0	\N	130000000
2	100	6	9	14	\N	\N	99	0	0	0	0	0	0	0	0	0	\N	130000000
\.
COPY public.reservation (org_id, id, version, site_id, status, expires_at, priority, document_type, document_id, claimed_by, lease_until, wanted, hold_seconds, rank, owner, owner_id) FROM stdin;
1	28	2	4	committed	2026-11-30 20:36:34.603931+00	0	cart	1	\N	\N	\N	\N	\N	\N	\N
1	29	2	4	committed	2026-11-30 20:36:34.60415+00	0	cart	2	\N	\N	\N	\N	\N	\N	\N
1	30	2	4	committed	2026-11-30 20:36:34.604197+00	0	cart	3	\N	\N	\N	\N	\N	\N	\N
1	31	2	4	committed	2026-11-30 20:36:34.604234+00	0	cart	4	\N	\N	\N	\N	\N	\N	\N
1	32	2	4	committed	2026-11-30 20:36:34.604268+00	0	cart	5	\N	\N	\N	\N	\N	\N	\N
1	33	2	4	committed	2026-11-30 20:36:34.604301+00	0	cart	6	\N	\N	\N	\N	\N	\N	\N
1	34	2	4	committed	2026-11-30 20:36:34.604337+00	0	cart	7	\N	\N	\N	\N	\N	\N	\N
1	35	2	4	committed	2026-11-30 20:36:34.604375+00	0	cart	8	\N	\N	\N	\N	\N	\N	\N
1	36	2	4	committed	2026-11-30 20:36:34.604411+00	0	cart	9	\N	\N	\N	\N	\N	\N	\N
1	37	2	4	released	2026-11-30 20:36:34.604442+00	0	cart	10	\N	\N	\N	\N	\N	\N	\N
1	38	2	4	released	2026-11-30 20:36:34.604476+00	0	cart	11	\N	\N	\N	\N	\N	\N	\N
1	39	2	4	released	2026-11-30 20:36:34.604506+00	0	cart	12	\N	\N	\N	\N	\N	\N	\N
2	34	3	9	released	2099-12-31 18:00:00+00	0	\N	\N	\N	\N	\N	\N	\N	\N	\N
2	35	2	9	released	\N	0	\N	\N	\N	\N	\N	\N	\N	\N	\N
2	36	3	9	expired	2026-11-30 20:22:19.691308+00	10	\N	\N	\N	\N	\N	\N	\N	\N	\N
2	38	1	10	active	\N	0	\N	\N	\N	\N	\N	\N	\N	\N	\N
2	54	2	9	active	\N	0	till	till-7	\N	\N	\N	\N	\N	\N	\N
2	71	2	9	released	2099-12-31 18:00:00+00	0	\N	\N	\N	\N	\N	\N	\N	\N	\N
2	104	2	9	committed	\N	0	invoice	I-1	\N	\N	\N	\N	\N	invoice	103
2	110	2	9	released	\N	0	invoice	I-2	\N	\N	\N	\N	\N	invoice	109
2	113	2	9	committed	\N	0	invoice	I-3	\N	\N	\N	\N	\N	invoice	112
2	117	2	9	released	\N	0	invoice	I-4	\N	\N	\N	\N	\N	invoice	116
2	120	2	9	committed	\N	0	invoice	I-5	\N	\N	\N	\N	\N	invoice	119
2	123	3	9	committed	\N	0	order	O-1	\N	\N	\N	\N	\N	sales_order	124
2	126	3	9	released	\N	0	order	O-2	\N	\N	\N	\N	\N	sales_order	127
2	130	3	9	released	2100-01-01 00:00:00+00	0	order	O-3	\N	\N	\N	\N	\N	sales_order	131
\.
COPY public.invoice (org_id, id, version, number, site_id, status, reservation_id, line_count, prices_include_vat, net, vat, gross, paid, customer_id, sold, delivery) FROM stdin;
2	103	5	I-1	9	delivered	104	1	t	200000000	40000000	240000000	0	102	\N	{"carrier": "Van", "tracking": "VAN-12"}
2	109	2	I-2	9	cancelled	110	1	t	200000000	40000000	240000000	0	\N	\N	\N
2	112	3	I-3	9	delivered	113	1	t	150000000	30000000	180000000	180000000	\N	\N	\N
2	116	2	I-4	9	cancelled	117	1	t	150000000	30000000	180000000	0	\N	\N	\N
2	119	3	I-5	9	delivered	120	1	t	150000000	30000000	180000000	180000000	\N	\N	\N
\.
COPY public.invoice_line (org_id, id, version, invoice_id, "position", item_id, quantity, price, vat_rate, net, vat, gross, unit_id, is_open, returned) FROM stdin;
2	105	3	103	1	14	1000000	240000000	20000000	200000000	40000000	240000000	90	f	1000000
2	111	2	109	1	14	1000000	240000000	20000000	200000000	40000000	240000000	93	f	0
2	114	2	112	1	14	1000000	180000000	20000000	150000000	30000000	180000000	96	f	0
2	118	2	116	1	14	1000000	180000000	20000000	150000000	30000000	180000000	99	f	0
2	121	2	119	1	14	1000000	180000000	20000000	150000000	30000000	180000000	99	f	0
\.
COPY public.item_word (org_id, word, item_id, present) FROM stdin;
1	beans	7	t
1	espresso	7	t
1	milk	8	t
1	oat	8	t
1	blue	9	t
1	mug	9	t
1	box	10	t
1	gift	10	t
2	poster	4	t
2	coffee	14	t
2	grinder	14	t
2	beans	15	t
2	coffee	15	t
2	milk	16	t
2	whole	16	t
2	hessian	17	t
2	cup	18	t
2	paper	18	t
2	s	21	t
2	shirt	21	t
2	m	22	t
2	shirt	22	t
2	blue	12	t
2	mug	12	t
2	300	12	t
2	ml	12	t
\.
COPY public.org (org_id, code, created_at, cursor_key) FROM stdin;
1	demo-1	2026-11-30 20:21:33.631934+00	f09e919a-cc10-4353-91a8-87cd3751c031
2	main	2026-11-30 20:21:44.748911+00	5c47eb6c-2237-42b4-9ceb-7313f83dab45
\.
COPY public.journal (org_id, number, hash, recorded_at, catalog_number, id_last) FROM stdin;
1	82	\\x3fbbc94c1c550931cb07f31308dc1254efe77cb952a943b678716198b5a55aa1	2026-11-30 20:21:35.375485+00	1	40
2	114	\\xcde7883b001285570c13ab44f7c1b18c068d5e9b6b1a5f7ebc8a15182efa90b1	2026-11-30 20:22:26.030765+00	114	134
\.
COPY public.listing (org_id, id, version, brand_id, name, item_id) FROM stdin;
2	41	1	40	Coffee beans	15
\.
COPY public.login_session (org_id, session, token_hash, user_name, credential, rotated_at, expires_at, previous_hash, previous_until) FROM stdin;
2	ed826436-f4de-4ad4-b016-dad25fd11d14	72d6c4bc7edcea0a9e82262e5476ac64d9daacfc60eeb66a040c21b99503c5a0	ann	10f50c5d53879ad5f7ee9a874e263cfcff36fb5b8c28bbc31f70b786e2d461d6	2026-11-30 20:22:13.095629+00	2026-11-30 20:22:15.483489+00	\N	\N
\.
COPY public.lot_metadata (org_id, id, version, lot_id, facts) FROM stdin;
2	44	1	42	{"notes": "hazelnut, dark chocolate"}
\.
COPY public.lot_word (org_id, word, lot_id) FROM stdin;
1	early	11
1	milk	11
1	late	13
1	milk	13
1	7	15
1	beans	15
2	1	42
2	azul	42
2	beans	42
2	coffee	42
2	fazenda	42
2	santos	42
2	trading	42
\.
COPY public.mapping (org_id, id, version, site_id, ingredient, unit, item_id, numerator, denominator, retired) FROM stdin;
2	49	1	9	Espresso	g	15	1	1	f
2	50	1	9	Milk	ml	16	1	1	f
2	51	1	9	Cup	piece	18	1	1	f
\.
COPY public.movement (org_id, number, holding_id, quantity, available, reserved, sold, quarantine, hold, incoming, defective, sample, line, source, target, value, value_held, unit_cost) FROM stdin;
1	2	12	40000000	40000000	\N	\N	\N	\N	\N	\N	\N	1	supplier	available	\N	\N	\N
1	3	14	60000000	60000000	\N	\N	\N	\N	\N	\N	\N	1	supplier	available	\N	\N	\N
1	4	16	25500000	25500000	\N	\N	\N	\N	\N	\N	\N	1	supplier	available	\N	\N	\N
1	5	17	200000000	200000000	\N	\N	\N	\N	\N	\N	\N	1	supplier	available	\N	\N	\N
1	5	18	12000000	12000000	\N	\N	\N	\N	\N	\N	\N	2	supplier	available	\N	\N	\N
1	6	16	8000000	17500000	\N	\N	\N	\N	\N	\N	\N	1	available	elsewhere	\N	\N	\N
1	6	12	30000000	10000000	\N	\N	\N	\N	\N	\N	\N	2	available	elsewhere	\N	\N	\N
1	6	17	50000000	150000000	\N	\N	\N	\N	\N	\N	\N	3	available	elsewhere	\N	\N	\N
1	6	19	8000000	8000000	\N	\N	\N	\N	\N	\N	\N	4	elsewhere	available	\N	\N	\N
1	6	20	30000000	30000000	\N	\N	\N	\N	\N	\N	\N	5	elsewhere	available	\N	\N	\N
1	6	21	50000000	50000000	\N	\N	\N	\N	\N	\N	\N	6	elsewhere	available	\N	\N	\N
1	7	16	8000000	9500000	\N	\N	\N	\N	\N	\N	\N	1	available	elsewhere	\N	\N	\N
1	7	12	10000000	\N	\N	\N	\N	\N	\N	\N	\N	2	available	elsewhere	\N	\N	\N
1	7	14	20000000	40000000	\N	\N	\N	\N	\N	\N	\N	3	available	elsewhere	\N	\N	\N
1	7	17	50000000	100000000	\N	\N	\N	\N	\N	\N	\N	4	available	elsewhere	\N	\N	\N
1	7	22	8000000	8000000	\N	\N	\N	\N	\N	\N	\N	5	elsewhere	available	\N	\N	\N
1	7	23	10000000	10000000	\N	\N	\N	\N	\N	\N	\N	6	elsewhere	available	\N	\N	\N
1	7	24	20000000	20000000	\N	\N	\N	\N	\N	\N	\N	7	elsewhere	available	\N	\N	\N
1	7	25	50000000	50000000	\N	\N	\N	\N	\N	\N	\N	8	elsewhere	available	\N	\N	\N
1	8	18	12000000	\N	\N	\N	\N	\N	\N	\N	\N	1	available	elsewhere	\N	\N	\N
1	8	26	12000000	12000000	\N	\N	\N	\N	\N	\N	\N	2	elsewhere	available	\N	\N	\N
1	9	17	24000000	76000000	\N	\N	\N	\N	\N	\N	\N	1	available	elsewhere	\N	\N	\N
1	9	21	24000000	50000000	\N	\N	\N	\N	24000000	\N	\N	2	elsewhere	incoming	\N	\N	\N
1	10	21	20000000	70000000	\N	\N	\N	\N	4000000	\N	\N	1	incoming	available	\N	\N	\N
1	11	21	2000000	72000000	\N	\N	\N	\N	2000000	\N	\N	1	incoming	available	\N	\N	\N
1	11	21	2000000	72000000	\N	\N	\N	\N	\N	\N	\N	2	incoming	loss	\N	\N	\N
1	12	26	1000000	11000000	1000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	13	26	1000000	10000000	2000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	14	26	1000000	9000000	3000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	15	26	1000000	8000000	4000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	16	26	1000000	7000000	5000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	17	26	1000000	6000000	6000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	18	26	1000000	5000000	7000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	19	26	1000000	4000000	8000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	20	26	1000000	3000000	9000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	21	26	1000000	2000000	10000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	22	26	1000000	1000000	11000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	23	26	1000000	\N	12000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
1	24	26	1000000	\N	11000000	\N	\N	\N	\N	\N	\N	1	reserved	customer	\N	\N	\N
1	25	26	1000000	\N	10000000	\N	\N	\N	\N	\N	\N	1	reserved	customer	\N	\N	\N
1	26	26	1000000	\N	9000000	\N	\N	\N	\N	\N	\N	1	reserved	customer	\N	\N	\N
1	27	26	1000000	\N	8000000	\N	\N	\N	\N	\N	\N	1	reserved	customer	\N	\N	\N
1	28	26	1000000	\N	7000000	\N	\N	\N	\N	\N	\N	1	reserved	customer	\N	\N	\N
1	29	26	1000000	\N	6000000	\N	\N	\N	\N	\N	\N	1	reserved	customer	\N	\N	\N
1	30	26	1000000	\N	5000000	\N	\N	\N	\N	\N	\N	1	reserved	customer	\N	\N	\N
1	31	26	1000000	\N	4000000	\N	\N	\N	\N	\N	\N	1	reserved	customer	\N	\N	\N
1	32	26	1000000	\N	3000000	\N	\N	\N	\N	\N	\N	1	reserved	customer	\N	\N	\N
1	33	26	1000000	1000000	2000000	\N	\N	\N	\N	\N	\N	1	reserved	available	\N	\N	\N
1	34	26	1000000	2000000	1000000	\N	\N	\N	\N	\N	\N	1	reserved	available	\N	\N	\N
1	35	26	1000000	3000000	\N	\N	\N	\N	\N	\N	\N	1	reserved	available	\N	\N	\N
1	36	19	18000	7982000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	36	20	150000	29850000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	37	22	18000	7982000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	37	23	150000	9850000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	38	19	18000	7964000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	38	20	150000	29700000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	39	22	18000	7964000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	39	23	150000	9700000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	40	19	18000	7946000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	40	20	150000	29550000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	41	22	18000	7946000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	41	23	150000	9550000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	42	19	18000	7928000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	42	20	150000	29400000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	43	22	18000	7928000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	43	23	150000	9400000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	43	25	1000000	49000000	\N	\N	\N	\N	\N	\N	\N	3	available	customer	\N	\N	\N
1	44	19	18000	7910000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	44	20	150000	29250000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	45	22	18000	7910000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	45	23	150000	9250000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	46	19	18000	7892000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	46	20	150000	29100000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	47	22	18000	7892000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	47	23	150000	9100000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	48	19	18000	7874000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	48	20	150000	28950000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	49	22	18000	7874000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	49	23	150000	8950000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	50	19	18000	7856000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	50	20	150000	28800000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	51	22	18000	7856000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	51	23	150000	8800000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	51	25	1000000	48000000	\N	\N	\N	\N	\N	\N	\N	3	available	customer	\N	\N	\N
1	52	19	18000	7838000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	52	20	150000	28650000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	53	22	18000	7838000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	53	23	150000	8650000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	54	19	18000	7820000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	54	20	150000	28500000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	55	22	18000	7820000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	55	23	150000	8500000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	56	19	18000	7802000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	56	20	150000	28350000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	57	22	18000	7802000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	57	23	150000	8350000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	58	19	18000	7784000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	58	20	150000	28200000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	59	22	18000	7784000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	59	23	150000	8200000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	59	25	1000000	47000000	\N	\N	\N	\N	\N	\N	\N	3	available	customer	\N	\N	\N
1	60	19	18000	7766000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	60	20	150000	28050000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	61	22	18000	7766000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	61	23	150000	8050000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	62	19	18000	7748000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	62	20	150000	27900000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	63	22	18000	7748000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	63	23	150000	7900000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	64	19	18000	7730000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	64	20	150000	27750000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	65	22	18000	7730000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	65	23	150000	7750000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	66	19	18000	7712000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	66	20	150000	27600000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	67	22	18000	7712000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	67	23	150000	7600000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	67	25	1000000	46000000	\N	\N	\N	\N	\N	\N	\N	3	available	customer	\N	\N	\N
1	68	19	18000	7694000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	68	20	150000	27450000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	69	22	18000	7694000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	69	23	150000	7450000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	70	19	18000	7676000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	70	20	150000	27300000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	71	22	18000	7676000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	71	23	150000	7300000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	72	19	18000	7658000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	72	20	150000	27150000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	73	22	18000	7658000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	73	23	150000	7150000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	74	19	18000	7640000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	74	20	150000	27000000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	75	22	18000	7640000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
1	75	23	150000	7000000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	\N	\N	\N
1	75	25	1000000	45000000	\N	\N	\N	\N	\N	\N	\N	3	available	customer	\N	\N	\N
1	76	25	1000000	45000000	\N	\N	\N	\N	\N	1000000	\N	1	customer	defective	\N	\N	\N
1	77	20	27000000	\N	\N	\N	27000000	\N	\N	\N	\N	1	available	quarantine	\N	\N	\N
1	78	23	7000000	\N	\N	\N	7000000	\N	\N	\N	\N	1	available	quarantine	\N	\N	\N
1	79	21	1000000	71000000	\N	\N	\N	\N	\N	\N	\N	1	available	loss	\N	\N	\N
1	80	40	10000000	10000000	\N	\N	\N	\N	\N	\N	\N	1	supplier	available	\N	\N	\N
1	81	40	4000000	6000000	\N	\N	\N	\N	\N	\N	\N	1	available	elsewhere	\N	\N	\N
1	81	26	4000000	7000000	\N	\N	\N	\N	\N	\N	\N	2	elsewhere	available	\N	\N	\N
1	82	26	4000000	3000000	\N	\N	\N	\N	\N	\N	\N	1	available	elsewhere	\N	\N	\N
1	82	40	4000000	10000000	\N	\N	\N	\N	\N	\N	\N	2	elsewhere	available	\N	\N	\N
1	82	40	10000000	\N	\N	\N	\N	\N	\N	\N	\N	3	available	supplier	\N	\N	\N
2	18	25	100000000	100000000	\N	\N	\N	\N	\N	\N	\N	1	supplier	available	450000000	450000000	4500000
2	18	26	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	2	supplier	available	3000000	3000000	3000000
2	18	27	500000000	500000000	\N	\N	\N	\N	\N	\N	\N	3	supplier	available	25000000	25000000	50000
2	18	28	20000000	20000000	\N	\N	\N	\N	\N	\N	\N	4	supplier	available	160000000	160000000	8000000
2	19	25	40000000	60000000	\N	\N	\N	\N	\N	\N	\N	1	available	elsewhere	180000000	270000000	4500000
2	19	29	40000000	\N	\N	\N	\N	\N	40000000	\N	\N	2	elsewhere	incoming	180000000	\N	\N
2	20	29	40000000	40000000	\N	\N	\N	\N	\N	\N	\N	1	incoming	available	180000000	180000000	4500000
2	21	25	2000000	58000000	\N	\N	\N	2000000	\N	\N	\N	1	available	hold	\N	270000000	4500000
2	22	25	1000000	57000000	\N	\N	\N	2000000	\N	\N	\N	1	available	loss	4500000	265500000	4500000
2	23	27	4000000	496000000	\N	\N	\N	\N	\N	\N	\N	1	available	loss	200000	24800000	50000
2	25	25	2000000	55000000	\N	\N	\N	2000000	\N	\N	\N	1	available	customer	9000000	256500000	4500000
2	26	25	1000000	56000000	\N	\N	\N	2000000	\N	\N	\N	1	customer	available	4500000	261000000	4500000
2	27	25	2000000	54000000	\N	\N	\N	2000000	\N	\N	\N	1	available	customer	9000000	252000000	4500000
2	27	28	1000000	19000000	\N	\N	\N	\N	\N	\N	\N	2	available	customer	8000000	152000000	8000000
2	28	32	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	1	customer	available	\N	\N	\N
2	29	25	2000000	52000000	2000000	\N	\N	2000000	\N	\N	\N	1	available	reserved	\N	252000000	4500000
2	30	25	1000000	52000000	1000000	\N	\N	2000000	\N	\N	\N	1	reserved	customer	4500000	247500000	4500000
2	31	25	1000000	53000000	\N	\N	\N	2000000	\N	\N	\N	1	reserved	available	\N	247500000	4500000
2	32	26	1000000	\N	1000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	3000000	3000000
2	34	26	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	1	reserved	available	\N	3000000	3000000
2	35	26	1000000	\N	1000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	3000000	3000000
2	36	26	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	1	reserved	available	\N	3000000	3000000
2	37	29	50000000	-10000000	50000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	180000000	4500000
2	38	43	20000000000	20000000000	\N	\N	\N	\N	\N	\N	\N	1	supplier	available	400000000	400000000	20000
2	40	43	20000000000	\N	\N	\N	\N	\N	\N	\N	\N	1	available	elsewhere	400000000	\N	20000
2	40	43	20000000000	20000000000	\N	\N	\N	\N	\N	\N	\N	2	elsewhere	available	600000000	600000000	30000
2	41	43	250000000	19750000000	\N	\N	\N	\N	\N	\N	\N	1	available	customer	7500000	592500000	30000
2	42	43	19750000000	\N	\N	\N	19750000000	\N	\N	\N	\N	1	available	quarantine	\N	592500000	30000
2	43	43	19750000000	19750000000	\N	\N	\N	\N	\N	\N	\N	1	quarantine	available	\N	592500000	30000
2	48	46	10000000000	10000000000	\N	\N	\N	\N	\N	\N	\N	1	supplier	available	100000000	100000000	10000
2	51	43	36000000	19714000000	\N	\N	\N	\N	\N	\N	\N	1	available	used	1080000	591420000	30000
2	51	46	252631579	9747368421	\N	\N	\N	\N	\N	\N	\N	2	available	used	2526316	97473684	10000
2	51	27	2000000	494000000	\N	\N	\N	\N	\N	\N	\N	3	available	used	100000	24700000	50000
2	54	43	36000000	19750000000	\N	\N	\N	\N	\N	\N	\N	1	used	available	1080000	592500000	30000
2	54	46	252631579	10000000000	\N	\N	\N	\N	\N	\N	\N	2	used	available	2526316	100000000	10000
2	54	27	2000000	496000000	\N	\N	\N	\N	\N	\N	\N	3	used	available	100000	24800000	50000
2	55	43	180000000	19570000000	180000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	592500000	30000
2	55	46	1263157900	8736842100	1263157900	\N	\N	\N	\N	\N	\N	2	available	reserved	\N	100000000	10000
2	55	27	10000000	486000000	10000000	\N	\N	\N	\N	\N	\N	3	available	reserved	\N	24800000	50000
2	57	27	1000000	486000000	9000000	\N	\N	\N	\N	\N	\N	1	reserved	used	50000	24750000	50000
2	57	43	18000000	19570000000	162000000	\N	\N	\N	\N	\N	\N	2	reserved	used	540000	591960000	30000
2	57	46	126315789	8736842100	1136842111	\N	\N	\N	\N	\N	\N	3	reserved	used	1263158	98736842	10000
2	59	43	54000000	19516000000	162000000	\N	\N	\N	\N	\N	\N	1	available	used	1620000	590340000	30000
2	59	46	378947368	8357894732	1136842111	\N	\N	\N	\N	\N	\N	2	available	used	3789474	94947368	10000
2	59	27	3000000	483000000	9000000	\N	\N	\N	\N	\N	\N	3	available	used	150000	24600000	50000
2	62	61	50000000	50000000	\N	\N	\N	\N	\N	\N	\N	1	made	available	\N	\N	\N
2	62	63	50000000	50000000	\N	\N	\N	\N	\N	\N	\N	2	made	available	\N	\N	\N
2	63	61	50000000	\N	\N	\N	\N	\N	\N	\N	\N	1	available	used	\N	\N	\N
2	63	66	12500000	12500000	\N	\N	\N	\N	\N	\N	\N	2	made	available	\N	\N	\N
2	63	68	7000000	7000000	\N	\N	\N	\N	\N	\N	\N	3	made	available	\N	\N	\N
2	63	70	30480000	30480000	\N	\N	\N	\N	\N	\N	\N	4	made	available	\N	\N	\N
2	64	70	30480000	\N	\N	\N	\N	\N	\N	\N	\N	1	available	made	\N	\N	\N
2	64	68	7000000	\N	\N	\N	\N	\N	\N	\N	\N	2	available	made	\N	\N	\N
2	64	66	12500000	\N	\N	\N	\N	\N	\N	\N	\N	3	available	made	\N	\N	\N
2	64	61	50000000	50000000	\N	\N	\N	\N	\N	\N	\N	4	used	available	\N	\N	\N
2	65	63	50000000	\N	50000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	\N	\N
2	66	63	50000000	50000000	\N	\N	\N	\N	\N	\N	\N	1	reserved	available	\N	\N	\N
2	67	63	50000000	\N	\N	\N	\N	\N	\N	\N	\N	1	available	customer	\N	\N	\N
2	68	63	50000000	50000000	\N	\N	\N	\N	\N	\N	\N	1	customer	available	\N	\N	\N
2	69	27	30000000	453000000	9000000	\N	\N	\N	\N	\N	\N	1	available	used	1500000	23100000	50000
2	69	27	25000000	428000000	9000000	\N	\N	\N	\N	\N	\N	2	available	used	1250000	21850000	50000
2	69	74	30000000	30000000	\N	\N	\N	\N	\N	\N	\N	3	made	available	1500000	1500000	50000
2	69	76	25000000	25000000	\N	\N	\N	\N	\N	\N	\N	4	made	available	1250000	1250000	50000
2	70	74	30000000	\N	\N	\N	\N	\N	\N	\N	\N	1	available	used	1500000	\N	50000
2	70	76	25000000	\N	\N	\N	\N	\N	\N	\N	\N	2	available	used	1250000	\N	50000
2	70	79	10000000	10000000	\N	\N	\N	\N	\N	\N	\N	3	made	available	500000	500000	50000
2	70	81	10000000	10000000	\N	\N	\N	\N	\N	\N	\N	4	made	available	500000	500000	50000
2	70	83	10000000	10000000	\N	\N	\N	\N	\N	\N	\N	5	made	available	500000	500000	50000
2	70	85	10000000	10000000	\N	\N	\N	\N	\N	\N	\N	6	made	available	500000	500000	50000
2	70	87	10000000	10000000	\N	\N	\N	\N	\N	\N	\N	7	made	available	500000	500000	50000
2	70	89	5000000	5000000	\N	\N	\N	\N	\N	\N	\N	8	made	available	250000	250000	50000
2	71	89	5000000	\N	\N	\N	\N	\N	\N	\N	\N	1	available	made	250000	\N	50000
2	71	87	10000000	\N	\N	\N	\N	\N	\N	\N	\N	2	available	made	500000	\N	50000
2	71	85	10000000	\N	\N	\N	\N	\N	\N	\N	\N	3	available	made	500000	\N	50000
2	71	83	10000000	\N	\N	\N	\N	\N	\N	\N	\N	4	available	made	500000	\N	50000
2	71	81	10000000	\N	\N	\N	\N	\N	\N	\N	\N	5	available	made	500000	\N	50000
2	71	79	10000000	\N	\N	\N	\N	\N	\N	\N	\N	6	available	made	500000	\N	50000
2	71	76	25000000	25000000	\N	\N	\N	\N	\N	\N	\N	7	used	available	1250000	1250000	50000
2	71	74	30000000	30000000	\N	\N	\N	\N	\N	\N	\N	8	used	available	1500000	1500000	50000
2	72	91	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	1	supplier	available	130000000	130000000	130000000
2	72	94	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	2	supplier	available	130000000	130000000	130000000
2	72	97	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	3	supplier	available	130000000	130000000	130000000
2	72	100	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	4	supplier	available	130000000	130000000	130000000
2	75	91	1000000	\N	1000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	130000000	130000000
2	77	91	1000000	\N	\N	1000000	\N	\N	\N	\N	\N	1	reserved	sold	\N	130000000	130000000
2	78	91	1000000	\N	\N	\N	\N	\N	\N	\N	\N	1	sold	customer	130000000	\N	130000000
2	79	91	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	1	customer	available	130000000	130000000	130000000
2	81	94	1000000	\N	1000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	130000000	130000000
2	82	94	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	1	reserved	available	\N	130000000	130000000
2	83	97	1000000	\N	1000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	130000000	130000000
2	84	97	1000000	\N	\N	1000000	\N	\N	\N	\N	\N	1	reserved	sold	\N	130000000	130000000
2	85	97	1000000	\N	\N	\N	\N	\N	\N	\N	\N	1	sold	customer	130000000	\N	130000000
2	86	100	1000000	\N	1000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	130000000	130000000
2	87	100	1000000	1000000	\N	\N	\N	\N	\N	\N	\N	1	reserved	available	\N	130000000	130000000
2	88	100	1000000	\N	1000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	130000000	130000000
2	89	100	1000000	\N	\N	1000000	\N	\N	\N	\N	\N	1	reserved	sold	\N	130000000	130000000
2	90	100	1000000	\N	\N	\N	\N	\N	\N	\N	\N	1	sold	customer	130000000	\N	130000000
2	91	25	1000000	52000000	1000000	\N	\N	2000000	\N	\N	\N	1	available	reserved	\N	247500000	4500000
2	91	28	1000000	18000000	1000000	\N	\N	\N	\N	\N	\N	2	available	reserved	\N	152000000	8000000
2	95	25	1000000	52000000	\N	\N	\N	2000000	\N	\N	\N	1	reserved	customer	4500000	243000000	4500000
2	95	28	1000000	18000000	\N	\N	\N	\N	\N	\N	\N	2	reserved	customer	8000000	144000000	8000000
2	96	28	1000000	17000000	1000000	\N	\N	\N	\N	\N	\N	1	available	reserved	\N	144000000	8000000
2	99	28	1000000	18000000	\N	\N	\N	\N	\N	\N	\N	1	reserved	available	\N	144000000	8000000
2	101	25	1000000	51000000	1000000	\N	\N	2000000	\N	\N	\N	1	available	reserved	\N	243000000	4500000
2	103	25	1000000	52000000	\N	\N	\N	2000000	\N	\N	\N	1	reserved	available	\N	243000000	4500000
2	105	25	60000000	52000000	\N	\N	\N	2000000	60000000	\N	\N	1	supplier	incoming	\N	243000000	4500000
2	106	25	58000000	110000000	\N	\N	\N	2000000	2000000	\N	\N	1	incoming	available	261000000	504000000	4500000
2	106	25	2000000	110000000	\N	\N	\N	2000000	\N	\N	\N	2	incoming	supplier	\N	504000000	4500000
2	107	25	1000000	109000000	\N	\N	\N	2000000	\N	\N	\N	1	available	customer	4500000	499500000	4500000
2	108	25	3000000	106000000	\N	\N	\N	2000000	\N	\N	\N	1	available	customer	13500000	486000000	4500000
2	109	25	3000000	109000000	\N	\N	\N	2000000	\N	\N	\N	1	customer	available	13500000	499500000	4500000
\.
COPY public.offline_sale (org_id, id, version, site_id, transaction, status, reason, device, sequence, sold_at, arrived_at, items, slice, errors, decided_by, decision) FROM stdin;
2	55	2	9	T-1002	synced	offline	till-7	1	2026-01-31 08:15:00+00	2026-11-30 20:22:20.483817+00	[["FLAT-WHITE", 1000000, ""]]	54	[]	\N	\N
2	57	2	9	T-1003	approved	insufficient_stock	till-7	2	2026-11-30 20:22:20.590967+00	2026-11-30 20:22:20.590967+00	[["FLAT-WHITE", 3000000, ""]]	\N	[]	ann	the milk had not been booked in
2	59	2	9	T-1004	rejected	insufficient_stock	till-7	3	2026-11-30 20:22:20.72308+00	2026-11-30 20:22:20.72308+00	[["FLAT-WHITE", 900000000, ""]]	\N	[]	ann	a slip of the finger
\.
COPY public.password (org_id, credential, hash) FROM stdin;
2	service	secret:6425f73aded8121cb53db7eecf21ac13d77884658c684f5a75424aec975cc0c6
2	10f50c5d53879ad5f7ee9a874e263cfcff36fb5b8c28bbc31f70b786e2d461d6	$argon2id$v=19$m=65536,t=3,p=4$1MEbOJSWKKtEPVzfEeKL4w$cIk4ZXgBqx1kWdAjZHqn6Y/jARvFYaws9yqEQeQ4wA4
2	d3bda391-5be1-42e2-815c-21637a835d68	
2	60e978a9d94c20be11800313c45a4dfe6c8eae2776db618b9704aedafcf08e8b	$argon2id$v=19$m=65536,t=3,p=4$fRZBbkmy7i5pD02bbHq9Xg$CxbxGRyLs9xgaHysTfUUrgr/bsHkZFZlAl2GEsn5lng
\.
COPY public.sales_order (org_id, id, version, number, status, reservations, ordered, net, vat, gross, paid, customer_id, rates) FROM stdin;
2	124	4	O-1	completed	[123]	[["MUG", 1000000, 12000000, 20000000], ["SHIRT-M", 1000000, 25000000, 20000000]]	30830000	6170000	37000000	37000000	102	[[20000000, 30830000, 6170000, 37000000]]
2	127	4	O-2	cancelled	[126]	[["SHIRT-M", 1000000, 25000000, 20000000]]	20830000	4170000	25000000	0	\N	[[20000000, 20830000, 4170000, 25000000]]
2	131	2	O-3	cancelled	[130]	[["MUG", 1000000, 12000000, 20000000]]	10000000	2000000	12000000	0	102	[[20000000, 10000000, 2000000, 12000000]]
\.
COPY public.payment (org_id, id, version, amount, paid_at, method, reference, invoice_id, order_id) FROM stdin;
2	106	1	100000000	2026-11-30 20:22:23.195249+00	card	tx-778	103	\N
2	107	1	140000000	2026-11-30 20:22:23.226696+00	cash	\N	103	\N
2	108	1	-240000000	2026-11-30 20:22:23.309769+00	card	\N	103	\N
2	115	1	180000000	2026-11-30 20:22:23.627269+00	card	\N	112	\N
2	122	1	180000000	2026-11-30 20:22:23.821053+00	card	\N	119	\N
2	125	1	37000000	2026-11-30 20:22:24.163492+00	card	tx-779	\N	124
2	128	1	25000000	2026-11-30 20:22:24.297191+00	card	tx-780	\N	127
2	129	1	-25000000	2026-11-30 20:22:24.318999+00	card	\N	\N	127
\.
COPY public.posting (org_id, number, recorded_at, occurred_at, key_hash, fingerprint, kind, key, actor, hash, reason, document_type, document_id, data) FROM stdin;
1	1	2026-11-30 20:21:34.07129+00	2026-11-30 20:21:34.07129+00	d38e9fe3-ba27-f1a6-041f-c8f1bf7f0e8f	47447fa6-cac9-de26-b5f7-71cf01223d31	define	demo-1/open	anna	\\xee78481ca1174e12e851e30ee2ecdeadfed8181b8468572cc4386ddb0f21fd1f	we open	\N	\N	\N
1	2	2026-11-30 20:21:34.158346+00	2026-11-30 20:21:34.158346+00	87844f9c-d6ce-f40a-b325-a4761fcb3ab9	26fe4315-bc5d-0739-cb60-e2bb9a578667	receive	demo-1/delivery/milk-1	ben	\\xa47290a003faf7a6cedd167f30f5bbd102832687e879a3d7f503d4f15f3e24eb	\N	po	milk-1	\N
1	3	2026-11-30 20:21:34.263609+00	2026-11-30 20:21:34.263609+00	0b42cb58-5093-d561-c227-2c81ccd6a8df	1deb973b-1f19-0f61-5af2-5a25320f0990	receive	demo-1/delivery/milk-2	ben	\\x967800fce450a661c7d685d2ccbe9ec902a0c42911f8a637377955d99ec219cf	\N	po	milk-2	\N
1	4	2026-11-30 20:21:34.306587+00	2026-11-30 20:21:34.306587+00	92f33a8e-c8b1-ab36-3948-e308bd77cde7	f1887a99-9442-ec0b-150d-967f4db5e0af	receive	demo-1/delivery/beans	ben	\\xb0c70be200ece15a746d52663bf3b1cd19d9b95f776aeab4e081ebe158206e34	\N	po	beans	\N
1	5	2026-11-30 20:21:34.367371+00	2026-11-30 20:21:34.367371+00	28354462-2256-8918-ed4c-baa386b0799d	112da76d-ddf9-b2bf-d400-f533c7b726aa	receive	demo-1/delivery/mugs	ben	\\x964a2c2006ea90d0e4fd07c16c44b8311a2909fa71fb2a6948df6463b85c6aa6	\N	po	mugs	\N
1	6	2026-11-30 20:21:34.398239+00	2026-11-30 20:21:34.398239+00	9769e306-8ec4-28d2-517b-87ae489043fe	ea05c248-ce2f-e44e-d4ed-5846529af00d	transfer	demo-1/supply/cafe-north	ben	\\x3523ff5738b92bcbbda6a18b9dabfc644bc0d8bb8f23fd3b02d9f8574ea01cc3	weekly supply	\N	\N	\N
1	7	2026-11-30 20:21:34.44602+00	2026-11-30 20:21:34.44602+00	dc7117e3-9df6-1b7d-1bc3-4e20120ccfd7	5b296601-caf9-0be1-a36f-90c6131ac385	transfer	demo-1/supply/cafe-south	ben	\\xdac0f2cc445c4f14dbc8713becc5f87d72c8d69dda5baeb5465063a41d544318	weekly supply	\N	\N	\N
1	8	2026-11-30 20:21:34.475007+00	2026-11-30 20:21:34.475007+00	6f6804f9-e3e2-5b2b-1901-88b82d8c368e	68d0bd9b-f6d1-32b0-2ed2-cc755d6ee049	transfer	demo-1/supply/web	ben	\\x2b059d4855cfd94203a74425e11eb3c330cbb1a161991459a060e78f4b9fb579	for the shop	\N	\N	\N
1	9	2026-11-30 20:21:34.489156+00	2026-11-30 20:21:34.489156+00	1bc42555-b83c-e571-e7ab-6f070edf3c70	045de6df-e1e9-59e5-66a1-6cdf66199115	transfer	demo-1/mugs/send	ben	\\x16753e53188a126b2e5841b056b1e7c8a92fea0c90c2ba050337011e3e1b0547	\N	\N	\N	\N
1	10	2026-11-30 20:21:34.539181+00	2026-11-30 20:21:34.539181+00	1370eb93-01bd-a218-375b-4c843e72b1d5	853e7ec6-5ee1-acaa-ae08-b2b7dc567ed5	arrive	demo-1/mugs/first	cleo	\\x23c001a21f4d7b82c0fc15e711adc52f00b86066c81fc4d0f59b71dba8ffe565	\N	\N	\N	\N
1	11	2026-11-30 20:21:34.575797+00	2026-11-30 20:21:34.575797+00	5ac85eee-7f50-a5d9-050c-c4254cde3f7e	eb76166a-4f42-9a3f-2e3a-007659eeb48d	arrive	demo-1/mugs/last	cleo	\\x1e6c5102396a7ec321900a1de11a94c6b99c0925fba99a8ac09a4d13a5750fdb	two were broken on the way	\N	\N	\N
1	12	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	4148b93d-343c-d79c-81fd-72427b0157d6	4b4acc81-fb6e-2a1f-8910-c581283cf7d1	reserve	demo-1/cart/1	shopper-1	\\xa0f0f84a3137a8b15b1d78e82e5138c5f02eaada21585bf6fb2bfcbdbaa16c84	\N	cart	1	\N
1	13	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	10b965e5-f9ec-b689-514b-8153bfcdefcc	dfa12c1a-4ca5-466e-e72b-40c9ae01d8cc	reserve	demo-1/cart/2	shopper-2	\\x2bda692eb8e6b94476997238c5ede24f2fabb9951e2a75a65e44888c7d321eb4	\N	cart	2	\N
1	14	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	66c1c6d7-f1ad-a547-2bcb-881d97942f4b	c891a221-1fdb-b131-b15c-64c450802ed6	reserve	demo-1/cart/3	shopper-3	\\x4c89fd3519de7508b19c2fecaa2a528f1caac81e5faf765aa6a73710e1843b0c	\N	cart	3	\N
1	15	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	d27589bc-764b-461a-db83-c9bbd6de0a2c	d737b40a-3dbf-eaea-2fe1-585f461ea503	reserve	demo-1/cart/4	shopper-4	\\xbeef681a66064185e174e7bc4d8899e6afffb730f7fc63186345c6ae59c39ef3	\N	cart	4	\N
1	16	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	91c7f51a-b07e-d1eb-585e-16891f656387	5fe1be93-f224-f10a-d9a5-41e4d6285545	reserve	demo-1/cart/5	shopper-5	\\xb5ac88cbf612236fada9ca89df9fde77570d479edefc09d28ab2cd33f2d89b71	\N	cart	5	\N
1	17	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	43fc0a5a-dfa2-6fa9-e88b-56c574fb010c	58b60ddd-2dee-751b-9e3b-b053099b405c	reserve	demo-1/cart/6	shopper-6	\\xac079e761a87a01b6b408403409b96e9dcdef7fc3bc7229eb8c2bd5b75acb3eb	\N	cart	6	\N
1	18	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	4893081f-222a-973d-823c-22d714ce81b8	bff7b19e-44e2-60bc-6d54-2ad122e7f8a5	reserve	demo-1/cart/7	shopper-7	\\xb7792b1571fe26ef895d487b5f6029d96e62da1f474e958a8f8f644fc9d46f79	\N	cart	7	\N
1	19	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	73d3a177-0f75-93af-4551-0e57dc0f13cc	3c4545e7-5e0f-6482-bb04-aab60fa0fb6f	reserve	demo-1/cart/8	shopper-8	\\xda54095f92db1b96d9fe3bbaec862449468289754c63aa73fff0de75a683a70c	\N	cart	8	\N
1	20	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	1df9a8a9-5b47-b05b-4ff8-71d5c86bea93	23923e08-5769-de90-e053-f680019d38b4	reserve	demo-1/cart/9	shopper-9	\\xe7c9afb2ee659a24952d85af50859f6dad7fe4f64efce94987a05be290db5982	\N	cart	9	\N
1	21	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	9693e956-0991-85f4-e960-1fe62bfe8457	caaeb41b-3085-11dd-c526-eecb140b6ac3	reserve	demo-1/cart/10	shopper-10	\\x567a8c1f35c4e04e7a7dd318665c2e08094b3f751eb0cd2e19514571b25ade0e	\N	cart	10	\N
1	22	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	d3f025b5-3965-e430-d148-b3f06e24da05	99a52d64-d9fd-b841-a708-cc748c2aad6f	reserve	demo-1/cart/11	shopper-11	\\xf0c1972c932aa52aa1b5e3838c4d0d46b508b01306488cd31f4cb32b28f2b641	\N	cart	11	\N
1	23	2026-11-30 20:21:34.628478+00	2026-11-30 20:21:34.628478+00	2410c3fa-f282-adec-497b-81719c22a0fb	2140dfda-30cb-c188-d521-38d4d0813792	reserve	demo-1/cart/12	shopper-12	\\x1a257ca35dd06991f48230e10d08abfcf42374f92f14628c8fa9a4377b364b0f	\N	cart	12	\N
1	24	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	5a71a0cb-2f44-ed75-9cf3-173fdb56ac87	d3b5c9fb-00cd-f228-44da-aa1698852226	commit	demo-1/paid/28	web-shop	\\x5f94eeb09a8946a7ead88ad36ee9c0741c4c93f7609c8989b1f35ead41401ac9	\N	order	28	\N
1	25	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	4686302c-9813-0e68-9321-26b9bc9b3e74	152ba7f0-8073-482d-1921-154de345cf2e	commit	demo-1/paid/29	web-shop	\\x3216634d9ddbe5c90f70d2b6513ce916238c54f0b7419ae8190778b401044843	\N	order	29	\N
1	26	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	c0f89091-7062-84c8-a4b0-5db533cd9083	aa228064-3fd8-df8d-7e90-67707e16a902	commit	demo-1/paid/30	web-shop	\\x80b51d9a27d0882486189e234f7ac77ee6f1344b99fe72664496c4d493913cdf	\N	order	30	\N
1	27	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	eee6d140-8891-b873-b5fe-83a3b7b1f1cf	56d06f8f-230f-1ea4-dd1d-97697e92c5a0	commit	demo-1/paid/31	web-shop	\\x22dd57ffc5c3c1a0a78f1b09455c53420b8cd146579bf81c52737fa9efc47f1b	\N	order	31	\N
1	28	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	aa1b88db-d7a2-0b73-6a11-1135724ea165	5cb72730-dc75-407d-9d01-f834f4ae87c3	commit	demo-1/paid/32	web-shop	\\xd122edc666734dee63e4698b7360ad8f9660e9224c8fac19ee8277f58b2555d2	\N	order	32	\N
1	29	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	9c2e19ab-e3c3-3250-7f95-206c7a5271fc	8ada1c09-9be0-e5a2-04a2-7e29d35c4c43	commit	demo-1/paid/33	web-shop	\\x75137b2f24b787ba4cae6bbe34304d10a5d7ceea9def95790e0f6ecab39c07e0	\N	order	33	\N
1	30	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	68955eab-2be6-7572-6ae4-3f5f4a8dbdc4	35bc127a-3a22-1d45-ba56-dc203b4b6a5a	commit	demo-1/paid/34	web-shop	\\xb2532e1a9b06bdf8993330970a2c81e2f4b22c106a7f45d2de27c57d1fef06e1	\N	order	34	\N
1	31	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	0c059197-f874-f637-b620-04b25979d478	28006d99-0908-5bb1-e9fb-1042b4b89f6c	commit	demo-1/paid/35	web-shop	\\x8e393cff409bcba855dea082293b5f85e6fd53df42d073d10a8cec911e5671fe	\N	order	35	\N
1	32	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	91f6b92a-ec65-5711-2214-99a9a860cbe2	42a058fb-c7ba-2af3-748f-229a44321c9b	commit	demo-1/paid/36	web-shop	\\xcbae3a379d3b8207476ad0a28f3beef6aa076327e2c7a98a887f2ee5360e200f	\N	order	36	\N
1	33	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	2b922458-081d-c230-7dc2-3770a4ac9986	94622b21-4471-ff79-23f2-9920d1b8fbbe	release	demo-1/left/37	web-shop	\\xf6d5b2e7a560845848336792e5932444a9d6df804096a214af9f03ef1f6af929	\N	\N	\N	\N
1	34	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	44a72bec-367b-b904-78e4-21f40c16cdf4	deec8a0e-db58-27f9-d0d4-a6a52e96d1cd	release	demo-1/left/38	web-shop	\\xdd3c47c87abb6c0e55c7305a7df6323fde53fc72fc58035d2af4e613afb5dce2	\N	\N	\N	\N
1	35	2026-11-30 20:21:34.722256+00	2026-11-30 20:21:34.722256+00	1f91d0b1-ef93-53eb-29c8-6fca6e7a0d3b	4e820174-0a75-bf63-2616-8f8a23f667c5	release	demo-1/left/39	web-shop	\\xa85009ae32e6a19f6132f43ae7fa1ad5259fa8ac116d2486d8bcad05ce3ed82a	\N	\N	\N	\N
1	36	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	ab33a8d3-64f4-6324-bba6-f9b7a8257284	7ad8dafe-d3b4-207d-ab78-2908afac3ff1	sell	demo-1/till/1	till-cafe-north	\\xcba4034f5fd4093a4c12904c03a6498d07ebd7bd86cd9b3bcda2dd74a4b7f0c2	\N	receipt	1	\N
1	37	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	08f6d050-1b35-9e95-8b44-645e5cebac77	f41fa887-bea5-875c-b5c8-3cc97a36bf0c	sell	demo-1/till/2	till-cafe-south	\\x25035fab369dca66efb2963a1fc2ef54ed00da0da38fc56563b42acbea5e0192	\N	receipt	2	\N
1	38	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	c0d080f4-7ac0-ea21-e873-ffa7bfd7c38d	0ea0ae8f-2546-a7d5-2b02-65c9f51d8a7c	sell	demo-1/till/3	till-cafe-north	\\x04763721e9ee1cfc2fad76027db643a5b4878471d383140ede6bb5688ae3cc7c	\N	receipt	3	\N
1	39	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	f3e3265b-bf5b-a01d-1b5e-f97c0c6942cb	99d4c830-94d1-a012-eddf-6bffcef41812	sell	demo-1/till/4	till-cafe-south	\\xb7a1faa6bae602d60b095aee3d3bb7ee69b868924b726b7b3fc4016f600341b9	\N	receipt	4	\N
1	40	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	05347270-aa55-ebab-1bf2-61515d37ba0a	dd3a35e6-0adf-410b-217a-d99339ab6752	sell	demo-1/till/5	till-cafe-north	\\x7c091f6698cf25bcaa69de848954c4ca24a220879399b516b8ff74f570d6f463	\N	receipt	5	\N
1	41	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	57708fa0-e041-5182-42e2-418995dc209c	1637ee70-6d2a-9f3b-2f12-8e7d548f0860	sell	demo-1/till/6	till-cafe-south	\\x2837f30eda53a8a72badcb5270889a4f102bfe2285dbe779c64bde9ad3d65c27	\N	receipt	6	\N
1	42	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	f07cc9da-bbd5-f811-bab6-65087a316ed3	5f74fadc-68b2-5e08-75e3-675cabb1f719	sell	demo-1/till/7	till-cafe-north	\\x05d0ec0a5e508857a6d19835e21f9850dc4ef1b7b340c2298ebeb54eb79e9862	\N	receipt	7	\N
1	43	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	d1f2ceb6-a151-a2eb-d557-3514c1195b22	63b8ca15-b577-1bdf-9609-0cfdaa35678e	sell	demo-1/till/8	till-cafe-south	\\x829e448b5325b05042a2bcf559035e41c7708c70d739e9dc71bc1ced9291585f	\N	receipt	8	\N
1	44	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	e146733a-00fe-04a9-ff01-9c23d5a07d60	73d2dd77-7082-b6f6-1202-a79e90b4c226	sell	demo-1/till/9	till-cafe-north	\\xc4a366ff23bcd4c5ebde5c4f5c499af17e34d923825c8a290b58d0239a1e7ff3	\N	receipt	9	\N
1	45	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	ce625d67-869f-0662-0b5e-87222462074b	42d1c48f-03c0-5bdf-b9d8-6a0ba199c2c3	sell	demo-1/till/10	till-cafe-south	\\x4155f33f36a79fb6dbc6346aa81a9db1c537ccf5bfd9c99583735154b1949509	\N	receipt	10	\N
1	46	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	3da4c24e-aaff-3a51-ecf1-59e4430e626f	f4a6ca09-f31a-1354-6039-9696efff125f	sell	demo-1/till/11	till-cafe-north	\\x9092fb902b29e9f83c9c16321821f02b25bb0a06877bc0ba1b3d13eecc9530f1	\N	receipt	11	\N
1	47	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	8865c2d7-751b-a6ad-fec9-29b5360a648f	a5bde103-1335-2d55-192d-bdaeaf68ede6	sell	demo-1/till/12	till-cafe-south	\\xe65b9d7e21164ddfe5d24b55328b55ac189ca3795233c4c89f613e7c84eb8b33	\N	receipt	12	\N
1	48	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	47401a0a-546c-c150-dfa4-aee6787cb1b7	5a1c6c7b-f1dc-3226-b853-fdca979488dd	sell	demo-1/till/13	till-cafe-north	\\x7b277105df322d1e8c8b73d11db4badf8fce64ba00501dbc00f3a810cf4ebb37	\N	receipt	13	\N
1	49	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	95d8514a-c149-dbd7-577b-19def4507575	77618745-4510-e65a-cfd2-494c942a0173	sell	demo-1/till/14	till-cafe-south	\\xfc5e167dc9e7a2876ad99ae05c2f4ac0ebbcce821a26a3b2ff435fbb3c87e0a2	\N	receipt	14	\N
1	50	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	efb07384-45e1-9eee-a52a-66639cebe1d7	290c1038-b645-c677-3684-1e1c265bf32d	sell	demo-1/till/15	till-cafe-north	\\xd5a9797b3e43e90d41a1e8c307f47f4a1c0f35c4e4879f9298ee2976302e1882	\N	receipt	15	\N
1	51	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	74cc79fc-4bad-b595-b27e-1ea3077a9fec	a139bc10-1641-fa78-a866-da79b514c701	sell	demo-1/till/16	till-cafe-south	\\xc50c5e4ec5c313c9bed177c158159345f81767eb6cddd12f8add79c806937132	\N	receipt	16	\N
1	52	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	cfdcd33c-7dfc-89cc-f48a-70a4fb9f3154	78bf135b-2f1f-e7b0-158c-df17e6f52adf	sell	demo-1/till/17	till-cafe-north	\\x2b8d13a05100f8c698ef768a21f9908012ae6f2b31af6cd896af94f2247731ea	\N	receipt	17	\N
1	53	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	fbe5e43d-c1d7-8f56-72b1-3f7076d97121	564756aa-5254-5bb5-8485-14b94900fcc7	sell	demo-1/till/18	till-cafe-south	\\xb54a0b32164a33660d69c6f631ed6525cd2cf12d8e7c1357575c8971abc7c319	\N	receipt	18	\N
1	54	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	f379082f-11ad-4839-c15d-7c98ecdf51ac	c95b9f76-9ecd-a11e-f471-99fbc5444422	sell	demo-1/till/19	till-cafe-north	\\xd814b53b0c4e237ab5585ca0d0d67ca74d26ef60f93d5ba6b04257c22bdb8138	\N	receipt	19	\N
1	55	2026-11-30 20:21:34.789128+00	2026-11-30 20:21:34.789128+00	85721c54-107b-832b-a571-358bd67b9d05	1b9a0c20-b930-ac50-5a1c-b9403d950091	sell	demo-1/till/20	till-cafe-south	\\xe3b9cc00497ceaff7b4c921bdf78119ab0032deaa40068ddc8bfb4d81c194c22	\N	receipt	20	\N
1	56	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	10b6c7b0-0557-e560-768c-89f612f52ac2	18e48d6a-3d37-b5b7-36d8-9bce19ac6d34	sell	demo-1/till/21	till-cafe-north	\\x8d45046a835b0bc6c32bd3009ec7aafabc022d8d2819d8f2cf049c546c72549e	\N	receipt	21	\N
1	57	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	4cdfd73a-e008-8308-d132-81ae25925fbb	314f41f4-103e-d7d0-f4aa-6b1727b1075c	sell	demo-1/till/22	till-cafe-south	\\x79db7764d184bbb724c02119a1db69a1d4e5e22e6833e47abc593819cc69d0f2	\N	receipt	22	\N
1	58	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	e124a3ed-b052-6345-9da3-ea87897f469c	53334a99-3571-a8af-d6eb-f6bdf740069e	sell	demo-1/till/23	till-cafe-north	\\x9588804ed100d1c115a230a0c6408454112ccfafc14fb503cf86c14f7c727aaa	\N	receipt	23	\N
1	59	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	de0a2991-5800-b5cd-0fa7-f6f3563f55a7	5aef1b36-2944-6fb0-8eb1-b353fb588bed	sell	demo-1/till/24	till-cafe-south	\\x33a12f1f1b6ab73bb6f7c55b1d880a6ed4d4750dd90738e9517c3d2f6342cf65	\N	receipt	24	\N
1	60	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	ee4c6a26-85f7-a64f-4d0b-261994911fef	e07ba503-a592-2e9e-50c6-65bff8ee1ffe	sell	demo-1/till/25	till-cafe-north	\\xb03cfcec707e22784645862a8ddba3e10efe6107ead8e4be5d36b03e8587bc20	\N	receipt	25	\N
1	61	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	6d78ed92-7b11-1ea5-0d63-c5621cc9db8d	8355d666-5377-0cd8-e538-6b6289ca023a	sell	demo-1/till/26	till-cafe-south	\\xe9deabe09d951bd3f2f5fc79acdf053047caec0d3d3a0edf9f09efec23e8ad83	\N	receipt	26	\N
1	62	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	baf93993-1433-b26c-dad1-150438a82212	7e26ddc6-18b8-65b5-fd6d-115e78da1cb3	sell	demo-1/till/27	till-cafe-north	\\x09294caade8cd59190b5930abd7cc2b0008e5d712668717e55889d462837a7d2	\N	receipt	27	\N
1	63	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	3e1bd270-bcc4-7567-9e77-d2f5347d3b52	5f163db6-1acc-856c-9257-0b49ca3712f7	sell	demo-1/till/28	till-cafe-south	\\xe3d0f8780686d0d399d08ff391160b1b3b01618930c881295fca68e21f0be358	\N	receipt	28	\N
1	64	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	b0e94767-3f9d-e942-d2b2-6943d288c91e	958f9f3c-dd50-4beb-5837-46c9a453ad2e	sell	demo-1/till/29	till-cafe-north	\\x45500857ba19f2c765c21063025475e9f4fbcf7042326ac56385bf42cb1bbe0a	\N	receipt	29	\N
1	65	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	dedfdd91-bdf6-7420-ade8-d6122c7b1232	fb719a83-83d4-b5d5-6386-ea1259869906	sell	demo-1/till/30	till-cafe-south	\\x2682f0d4e022215256d091c971a2ec123d92aa8c7b444513b156882be78f89f6	\N	receipt	30	\N
1	66	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	74661890-fb05-9774-6f84-55b2488ec5a7	7638595c-a571-7ed3-ede3-26a9e12400e2	sell	demo-1/till/31	till-cafe-north	\\x96929025da52415f638db8b32764de6c8c9fa3801ef6411e450114fe8f11242c	\N	receipt	31	\N
1	67	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	daffc475-ede8-4ccf-64ac-99a64a286238	cdbc9714-d949-3906-2a24-37dc9e91fd8d	sell	demo-1/till/32	till-cafe-south	\\xc34649c33ea52de3499301f32dd6ac04a2cff4ce225968b729afbfefe80fdfbd	\N	receipt	32	\N
1	68	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	b4c25f7b-e715-99fd-7df6-4ef2f67ac6f4	d8eec94f-954d-37a4-bfcf-0323ecf145f2	sell	demo-1/till/33	till-cafe-north	\\x068adbda7c600aa6585eaa4ac39a5065ad56e767ae0b10d6a7ed17fec4571d77	\N	receipt	33	\N
1	69	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	6e49a0d3-797d-b5e1-6edb-a106497ce070	a8a785a2-27ad-dc89-e91a-a79e9a6f3684	sell	demo-1/till/34	till-cafe-south	\\xc6d107bcc488d1864fc6cd0bbe1f5b6e032cefa78cd51430d0734f980bdef3e7	\N	receipt	34	\N
1	70	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	25402a14-ce4d-b03a-0329-5dc7a21db56e	94d220db-bbd0-db26-6284-8bb345885ce3	sell	demo-1/till/35	till-cafe-north	\\x9beb7fc80d46c0ab426bd3ae3d6a5d44079b255b4d44efaacdd7a97ca44ed963	\N	receipt	35	\N
1	71	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	13416e5f-542b-0868-dc98-2b75b0e5084e	ac1f3a46-30e6-bbf8-7bc7-19f12b24c3f3	sell	demo-1/till/36	till-cafe-south	\\x30acdcf0beb19e10fa1ea6fb72f1123902ca621e64c59a0db2bae159ab7de818	\N	receipt	36	\N
1	72	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	a6d620cf-239f-2461-4f12-67e026afc38c	0cdb1584-6034-ccd6-9083-0842b34d1be6	sell	demo-1/till/37	till-cafe-north	\\xd8f64eadb54e84e55dc7a630db833c2bf56905feccdbf4125ab06a55056a3537	\N	receipt	37	\N
1	73	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	0cbe2db0-4465-b0b9-34b7-14da0e506090	0d1bfc5b-b813-24a0-79d7-ffdd7177c855	sell	demo-1/till/38	till-cafe-south	\\x3fd6596c9b31841f774029b17c51b0a4a616de5660e8fb1e7188fb6b039fa466	\N	receipt	38	\N
1	74	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	9b97b4de-3d2d-b330-e6d5-c9ae4c6109ae	7e5e9b81-85cd-e164-6376-64102bc55dfc	sell	demo-1/till/39	till-cafe-north	\\xfa6f7c1e6f947fe814a56944003de9c869c803658634ebcdc340a8e88ac78631	\N	receipt	39	\N
1	75	2026-11-30 20:21:34.799735+00	2026-11-30 20:21:34.799735+00	c93ac6db-3aab-b754-c3fe-74e785c6d6a7	697da1ea-1e86-8d79-b938-4dd4b5ee6e4c	sell	demo-1/till/40	till-cafe-south	\\x70b13b0ec206419a7b1629dced80fd8d38c198d7b7836667224479638cd1e3fb	\N	receipt	40	\N
1	76	2026-11-30 20:21:34.870993+00	2026-11-30 20:21:34.870993+00	94870d30-33dc-cee6-6831-145c508e7abc	ce03309f-d559-3c06-df03-1b3b9024bf24	return	demo-1/return	till-cafe-south	\\x7c152da6ca929d72f4470f7b27ec242b714b2e06930b5b0c0970bb95460f63c8	handle came off	receipt	8	\N
1	77	2026-11-30 20:21:35.073403+00	2026-11-30 20:21:35.073403+00	cafffb6b-9f8e-a824-458e-aa87a26edda1	bd43e9ea-7bf8-0f8a-342d-f12e0a3a5e25	move	demo-1/recall/20	anna	\\x1ca7a746b9c206e0fcf8e75123a1d36e088d5e2c56d941ab11d0c7b46b9dab0d	recalled by the dairy	\N	\N	\N
1	78	2026-11-30 20:21:35.086692+00	2026-11-30 20:21:35.086692+00	a737512c-08c7-acc1-1360-2e7c63e48f44	8cc51b49-f31c-0ef8-1e16-b4884318d35f	move	demo-1/recall/23	anna	\\x3a4b30e4b4fdeb05c15509a202208fa637eb969016c52b1ef2be27a3d63539b8	recalled by the dairy	\N	\N	\N
1	79	2026-11-30 20:21:35.170973+00	2026-11-30 20:21:35.170973+00	c35a37bf-f803-d42c-be27-9ddcf22858e8	d60e836a-51d9-e41a-dd3c-f918dfd069d9	count	demo-1/count	cleo	\\xbbb404363d8c1b49f16cbccfb34c87121828e7f711be445d3e9d3f9cd1aec1fc	weekly count	count	1	\N
1	80	2026-11-30 20:21:35.255211+00	2026-11-30 20:21:35.255211+00	4763f1d9-dea8-954b-4d71-cf9ce5f0f99a	fa46107c-b6a4-1568-99eb-a1d37da41a8e	receive	demo-1/mistake	ben	\\xb1f94042557468114d986c47b55afedffe524b11117b849d6335741431d67a87	\N	po	77	\N
1	81	2026-11-30 20:21:35.295334+00	2026-11-30 20:21:35.295334+00	08c3a20b-2431-ca63-460e-66359044aa33	b5a13538-2f3c-13b2-c115-3b693649a485	transfer	demo-1/mistake/moved	ben	\\xc51b72eebd288321114f6d979202058f8134d1c17ca11634d6396e31a4002f41	\N	\N	\N	\N
1	82	2026-11-30 20:21:35.375485+00	2026-11-30 20:21:35.375485+00	6e8a6b20-9655-61d4-3159-df2a70cf6bb9	900edee1-28ce-302a-077c-7c1caf5fb067	revert	demo-1/undo	anna	\\x3fbbc94c1c550931cb07f31308dc1254efe77cb952a943b678716198b5a55aa1	these boxes never came	\N	\N	\N
2	1	2026-11-30 20:21:58.431356+00	2026-11-30 20:21:58.431356+00	f70567a6-89db-cd8c-47fb-64656ff99133	e8d32b75-4d7f-90e5-5594-a6673b93c50c	create_key	setup/1	setup	\\x94ee360096d0e94cebb09d14b3f27d6df4b52c54f66d302b32ff3efbeca743ba	\N	\N	\N	\N
2	2	2026-11-30 20:21:59.416453+00	2026-11-30 20:21:59.416453+00	d2765139-6bd0-5b7c-368e-3b51fdf6b748	bc1f3d57-8e7b-412e-1bd6-1c95b3eab82a	define_user	setup/2	setup	\\x725332660ba36524c934f00a5892ddc92e6e0f334651f919ebb5e7bb29238c66	\N	\N	\N	\N
2	3	2026-11-30 20:21:59.422637+00	2026-11-30 20:21:59.422637+00	bdfb2d5c-2fe8-5ac2-67a9-402825577ad8	4ea00056-ca87-160f-3369-2b45622aeac9	define	setup/3	setup	\\xa6614133d892985a7e5bd7ca73498823d48e4341a01d38c1080d5159bc49892c	\N	\N	\N	\N
2	4	2026-11-30 20:21:59.434314+00	2026-11-30 20:21:59.434314+00	4460f1b2-f084-e692-daa0-59ead961a196	88e1d70e-5c19-c1e1-c093-9fc2007eb1fd	low_stock	setup/4	setup	\\xd2835eda9d908ba9a9eb5a5dbb46ba09e618224a89785f425081942668c5c6a1	\N	\N	\N	\N
2	5	2026-11-30 20:21:59.482595+00	2026-11-30 20:21:59.482595+00	4c74291e-cfc7-76b0-884d-a5bbd37d2b80	156a80ad-0988-9cf1-a64f-a46dcd0c30d1	watch	watch/2026-11-30/4/30/14	setup	\\xc926c25d7decf104b10690a1a98fae5ec5e5aeb0d74e341846ae331d3697f151	\N	\N	\N	\N
2	6	2026-11-30 20:22:15.372281+00	2026-11-30 20:22:15.372281+00	5150e316-c431-2f2c-fc49-048542a81d8f	92308b0c-3551-305a-e63e-23ba0fbeea11	set_password	change-one-s-own-password	ann	\\xc8e6d9cb666282a8ba979a755d81585cc5559efb41526182db994956acd0c3d1	\N	\N	\N	\N
2	7	2026-11-30 20:22:15.551794+00	2026-11-30 20:22:15.551794+00	e7813439-d3f2-90fe-a8e2-e71829b5ba47	78795376-3e68-57f6-7e19-f92fbf68e52f	configure	let-london-s-days-be-those-of-london-and-its-money-pounds	ann	\\xcb4b3ea11d583f8ef17b536581d8ee83150faaf78353548ce89ae523844b3173	\N	\N	\N	\N
2	8	2026-11-30 20:22:15.632228+00	2026-11-30 20:22:15.632228+00	c7e1fc92-15e3-1458-6ecc-9baf888e3f26	54621198-4675-0271-4e66-8b58c1eeea11	define	open-in-london	ann	\\xe97f62dbe2ac82e9706451bc2fd2ef2c14f227812ebc417c1a7448375b5b7e7c	\N	\N	\N	\N
2	9	2026-11-30 20:22:15.668523+00	2026-11-30 20:22:15.668523+00	7836065d-f712-7baa-250b-30bbf24cee81	bc730e44-bfc9-8748-b9d4-90afac6173ce	define	open-in-leeds-with-all-that-the-shop-sells	ann	\\x26c851e16162387e6191bcca60b339f121891aab7f9875880b3f6045e728ac9f	\N	\N	\N	\N
2	10	2026-11-30 20:22:15.759077+00	2026-11-30 20:22:15.759077+00	72e19ea3-d43d-e1ab-de1f-aa30e1b65b8c	20d1720b-47ea-a319-ac8e-00df780a63f9	define	put-up-a-shelf-in-london	ann	\\xaab628cb3057d29b893189ce1b275b6d03d089cb388ac3680e942c97b46bb920	\N	\N	\N	\N
2	11	2026-11-30 20:22:15.807231+00	2026-11-30 20:22:15.807231+00	420d28d3-cb8f-3281-58a4-72371aa6ec6d	149b57f9-ed1b-382e-944b-7952c7f5af01	define	make-a-shirt-known	ann	\\x10ea26844ab9dbbf0b2eb364aff0b3279ec8ecf26879696007ac34eeb9a2be4b	\N	\N	\N	\N
2	12	2026-11-30 20:22:15.846858+00	2026-11-30 20:22:15.846858+00	1e2adf95-5ca4-1226-9997-52d823db87aa	e19e0457-5edd-6e12-7881-3455db3ee456	define_variants	make-the-shirt-in-two-sizes	ann	\\x8a33c08860df6b3680aaf2830b3ac43970b9ddc5b7618f04bc346cedd27b8fea	\N	\N	\N	\N
2	13	2026-11-30 20:22:15.89754+00	2026-11-30 20:22:15.89754+00	5ea61ff6-a609-7e6e-c53c-9e08fa5d93d7	25d59ca0-75c3-6160-6bc8-1aaf5883c39c	define	rename-the-mug-if-nobody-changed-it-meanwhile	ann	\\xc94e4398ace63c2f90bf446868c9ca30afc01c6be6a6aa2ebafd2abca1bfa3a7	\N	\N	\N	\N
2	14	2026-11-30 20:22:16.398803+00	2026-11-30 20:22:16.398803+00	99243c09-28a9-5e6c-7a4d-04d293fefbdf	8dba92ac-fdb8-7116-4fa4-b034f3acc931	define_user	give-ben-the-counter-in-london	ann	\\x8f605d033f1ebba80901adfdb477a76a732ec1e600ab17c38c27eeb57afa1902	\N	\N	\N	\N
2	15	2026-11-30 20:22:17.534462+00	2026-11-30 20:22:17.534462+00	e8f954e3-8d68-4921-2cfb-c3ffcd9f436c	3b8579d5-efa4-db50-7cf7-d58a77a4bbd6	set_password	give-him-a-password	ann	\\x94d283731af757ca8c04e78814e72a8d742afe9e70c28422b8ab284ea17950cc	\N	\N	\N	\N
2	16	2026-11-30 20:22:17.633103+00	2026-11-30 20:22:17.633103+00	798e43e9-4908-a578-0ced-f2923e0ef395	b90206ed-5c3b-8cc3-5d84-987d8bf8d983	create_key	make-a-key-for-a-till	ann	\\x49e0d2d418576c207cf9bfd55ef5d27516ffac3704dbafadfda1af72d98ef02f	\N	\N	\N	\N
2	17	2026-11-30 20:22:17.723452+00	2026-11-30 20:22:17.723452+00	6dd6218f-f3b6-9c66-d4ff-51c8294d1a08	e62cb85d-16da-14d0-a5f4-6649c58c4468	revoke_key	revoke-a-key-that-was-lost	ann	\\x4d371dbf11bd50e25331caf876116b27c0c502b178c8737fe8765c858f284724	the till was stolen	\N	\N	\N
2	18	2026-11-30 20:22:17.75394+00	2026-11-30 20:22:17.75394+00	7abc12ac-4593-d5b0-dc7f-1a634e247f2f	70ebae6f-0b90-eda1-9160-3e7c17fd73b4	receive	receive-what-a-supplier-brought	ann	\\x46520f43dc50c0a5ccff8cf0be46b3f5b1de4c9f277174041e1158f230ce13be	\N	delivery_note	DN-1001	\N
2	19	2026-11-30 20:22:17.794234+00	2026-11-30 20:22:17.794234+00	1c3a8d07-7651-bfc6-da72-7e2d065e097f	6ef0db86-9c24-77c2-1a60-7e73d2ecd532	transfer	send-mugs-to-leeds	ann	\\xdc4224837780f60f56e9be0861a419706baff62fac393cf2bee3ac0f0474cac5	\N	\N	\N	\N
2	20	2026-11-30 20:22:17.849131+00	2026-11-30 20:22:17.849131+00	527f14a9-912f-ef68-be9b-34c17a8b26ae	8f1c416e-6c2b-c9a9-324b-31bcf748e679	arrive	receive-the-mugs-in-leeds	ann	\\x7505ba4ea8d3ca973385a55e6882b0fdfb4d32ade64be9231d8b9a314ed5dd2b	\N	\N	\N	\N
2	21	2026-11-30 20:22:17.885694+00	2026-11-30 20:22:17.885694+00	618c9064-0bd1-75d1-515a-df9393b92433	cf3e54dc-e488-304f-2266-0a05e2d38977	move	put-two-mugs-on-hold	ann	\\x570130a57b87a88a72acd35d1659c6572918c0d2456706d0be925987de014aac	chipped?	\N	\N	\N
2	22	2026-11-30 20:22:17.921069+00	2026-11-30 20:22:17.921069+00	558f8c24-8523-5170-cf08-d2b25209274c	6b3ab450-bfc5-056c-6346-c114ab1a2aee	adjust	write-off-a-mug-that-broke	ann	\\x07d349a257d58f3bdbb61ec6a9dea31b74225f28a8220fc0d99d5c2498e88e8a	broken	\N	\N	\N
2	23	2026-11-30 20:22:17.949978+00	2026-11-30 20:22:17.949978+00	884a9ab4-44f0-faf5-a2de-108540201127	49c2db0a-0385-9b44-0590-bc9b27cb2a7a	count	count-the-paper-cups	ann	\\x0c8f29295ebd89b516a58c2c4d29dde204d8f51e3468e4ab8b4167a84331fe02	weekly count	\N	\N	\N
2	24	2026-11-30 20:22:17.97659+00	2026-11-30 20:22:17.97659+00	f8b77e5c-aafc-2f43-6ba5-ac352efbe22d	89bfedf8-d7ac-c635-61de-3db11754acfa	allow_negative	let-leeds-sell-ten-mugs-that-are-not-there-yet	ann	\\x20486fa62d2c24f1d5c2ad5c0fbd1dd0564f3b6df8f84071dc6f7b81a01a70b6	a delivery is on its way	\N	\N	\N
2	25	2026-11-30 20:22:18.003496+00	2026-11-30 20:22:18.003496+00	df9acbe9-2ae9-7e0e-8bfb-a4dcc06cf7a1	10ace859-38b8-3b90-e937-69fb1a57a0e9	sell	till-7/000123	ann	\\x9fdb798c911a80e51b3941ca17a13af4561e0d1dd0041f45767b69f7ac243729	\N	order	W-17	\N
2	26	2026-11-30 20:22:18.020495+00	2026-11-30 20:22:18.020495+00	a0885102-e44f-9e34-848e-37dc508dc371	095ba914-8bcc-c901-484c-041a3dbfb8ea	return	take-a-mug-back	ann	\\xf51e7393b8bb1a557f04d3649abbd3763a3615cac924badaa52e48f20e6c3e06	\N	order	W-17	\N
2	27	2026-11-30 20:22:18.043282+00	2026-11-30 20:22:18.043282+00	12efdf93-78de-5718-f043-4d7527da2161	63ece394-8b0c-47d8-3f12-72d319362d3c	counter_sale	sell-over-the-counter-with-a-receipt	ann	\\xedde08e70f224a90a19c4e5fb86f3196ec15537c18213005d6d98a9ee3358f0b	\N	\N	\N	\N
2	28	2026-11-30 20:22:18.083623+00	2026-11-30 20:22:18.083623+00	a89e9576-28e9-1a09-1860-ccf3a527d18a	c2e7cd00-a262-6782-f329-28ea9ceeed54	counter_return	take-a-shirt-back-over-the-counter	ann	\\x612c446d6a8fe3d7dc2fd883c533b10db7a1a74841c1b59652ec6598c21878ae	too large	\N	\N	\N
2	29	2026-11-30 20:22:18.447454+00	2026-11-30 20:22:18.447454+00	1515ac4e-06e5-e357-ea6f-07b5f0c943ef	86fbe561-fc1f-742d-4470-31e49af07569	reserve	hold-two-mugs	ann	\\x998ba8a2f034f1e6843ea6b3c8db9e7e2796bcde0dff452cc4bab8d8e669858b	\N	\N	\N	\N
2	30	2026-11-30 20:22:18.543945+00	2026-11-30 20:22:18.543945+00	acd8e0dc-7c44-951a-4c67-98e8daab7e3e	f357ecab-42a4-26ab-5a95-6df73024039e	commit	hand-one-of-the-held-mugs-over	ann	\\x6a00c9d5f5689a451f0b010a488cebed423a52e11a82c815239316929affb663	\N	\N	\N	\N
2	31	2026-11-30 20:22:18.572288+00	2026-11-30 20:22:18.572288+00	fec2ca95-ec93-b1aa-b7fc-e9c1f8539951	43bcb6fd-62ef-73d7-acd4-a683dcc75d79	release	let-go-of-the-other	ann	\\x09c5ef3e5d609baab5b35d9320701926bf4d3407b9ccb47965f408ae38ea4b6f	changed her mind	\N	\N	\N
2	32	2026-11-30 20:22:18.606835+00	2026-11-30 20:22:18.606835+00	b844684e-d8df-b7c0-fb98-eabd1e5d05eb	1735d195-6c3d-22fe-48a8-2685eba536c2	reserve	hold-the-last-poster	ann	\\xf7e6151342f51cd1c22560c0c161158b90e1feb473b52b907fdb21db3dafab81	\N	\N	\N	\N
2	33	2026-11-30 20:22:18.635695+00	2026-11-30 20:22:18.635695+00	57a994e0-ef60-fc80-b4b5-900ac4e35f1f	c57f5871-a4ba-2566-e7d9-66f4a279840f	reserve	wait-in-line-for-a-poster	ann	\\x0debde1d97f7a862b392e9902f8460360b1cdaf3c304c327e9a1855c685fa064	\N	\N	\N	\N
2	34	2026-11-30 20:22:18.657717+00	2026-11-30 20:22:18.657717+00	d470356f-35a2-26a5-e404-e999277c0df1	4928fa28-f807-e7f8-5f69-24b36fe6a3be	release	let-go-of-the-last-poster	ann	\\x94207c2327085a7b89f02a4951c0bcbb8ca34ff137aab40ea8d5579c2e022239	\N	\N	\N	\N
2	35	2026-11-30 20:22:18.691308+00	2026-11-30 20:22:18.691308+00	fbb1211f-0fb7-518c-e7f9-6d068a4e604c	f5e5c6ec-7ed6-d912-0cce-ff1f0e14cfbb	offer	offer-the-poster-to-the-next-in-line	ann	\\x0cd3941a9a8f0c92b21b875dfafd8b04ad4db71da784df194fa7ceedeb9e3f78	\N	\N	\N	\N
2	36	2026-11-30 20:22:19.691573+00	2026-11-30 20:22:19.691573+00	6c447136-6458-e9f0-ec1b-c8e892077c24	a70bae44-9cfc-fa30-eec8-0e4e4bd5d518	expire	end-an-offer-that-nobody-took-up-in-time	ann	\\x1f5c0afc7f507a9c74dd5c82df435b6de3cac36813afbf8f253f474b59e8d894	\N	\N	\N	\N
2	37	2026-11-30 20:22:19.714744+00	2026-11-30 20:22:19.714744+00	70510acb-fa21-e261-7eee-57f3afeef142	f8cfb419-cc3d-31fa-bd6a-2354517ff412	reserve_across	hold-mugs-wherever-they-are	ann	\\xfd5d85f5e131de9aea3c8c06c1f04c37257602c59afbe2484fd6148c57c01620	\N	\N	\N	\N
2	38	2026-11-30 20:22:19.734014+00	2026-11-30 20:22:19.734014+00	d6ac1c29-6ab1-1aa6-adb7-984572d8f879	8164fc72-d5db-2ade-e944-de98f2dd349a	intake	take-a-sack-of-beans-in-as-a-lot	ann	\\xaa3c35e1d8bcf1c7154888f9282327a8eeaf54038fa27d3d3d357663a9c84a0f	\N	\N	\N	\N
2	39	2026-11-30 20:22:19.826399+00	2026-11-30 20:22:19.826399+00	24fbc8c9-9d01-2bf8-d900-7d19357f3747	c0009b6a-f9e3-d3fc-73ce-41d965713889	lot_metadata	note-what-the-roaster-says-of-the-lot	ann	\\x9aaa21f7902a541d8930ba074d4a3302f4590585f841cad2d27e0cc9c28ab0b0	\N	\N	\N	\N
2	40	2026-11-30 20:22:19.894149+00	2026-11-30 20:22:19.894149+00	04dfba8e-d6c8-0214-617a-d73056418b54	1adc89d7-7f8c-4960-b32c-3087ae88e3fa	lot_costs	correct-what-the-lot-cost	ann	\\x72e4374a6771cdb2eaa7fdd9b7179994e3e7dacd29f778d1aef2d3807d792b9a	the invoice says so	\N	\N	\N
2	41	2026-11-30 20:22:19.928297+00	2026-11-30 20:22:19.928297+00	777e4b32-1747-dacf-4fd5-08dae461d7e6	811b7dda-3e97-34ff-3abf-451f5b55bd5b	sell	sell-from-the-lot	ann	\\xf25671bba86fe6c3b69e7632d81f4a6d1c3f6c25063360ab984ebc6e3acc9377	\N	\N	\N	\N
2	42	2026-11-30 20:22:19.949372+00	2026-11-30 20:22:19.949372+00	be2b629c-abd8-92a5-2ac1-218884e0d462	27dfd410-7902-38e0-7c9d-b78a04309d8f	recall	recall-the-lot	ann	\\xb8a147fd8748085309dfece80e58216270159d0b670590413e4e517121fbcd05	a letter of the vendor	\N	\N	\N
2	43	2026-11-30 20:22:20.001942+00	2026-11-30 20:22:20.001942+00	a92bcc01-63e6-5e6f-774c-45ae4359b32e	b0118b21-01bb-9a0f-71f8-6b70437f5dbe	release_lot	release-the-lot-again	ann	\\xe30dec986e0019242e978fab24003cda0784402fb80001e755dffcac3a468fca	the lab found nothing	\N	\N	\N
2	44	2026-11-30 20:22:20.010522+00	2026-11-30 20:22:20.010522+00	20bc0753-54ea-c687-c4b7-4d8618daa2c8	2eb5c263-933c-5487-7685-895650f77948	lot_status	take-the-lot-off-sale	ann	\\x076106b4b012b1ad99a7136195cde39186781764478b02bb7245f55ea7afd3e4	to be sampled	\N	\N	\N
2	45	2026-11-30 20:22:20.032493+00	2026-11-30 20:22:20.032493+00	668b40fc-3dfc-00cb-c4e7-78cb3734c27d	b8bc86e0-e310-6b17-b67f-9a4f3cca3665	lot_status	put-the-lot-on-sale-again	ann	\\x6193cb84917950dafa70db7b0152b91768dee6b9fb1ddec0772fa9ecd1c679fd	it tastes well	\N	\N	\N
2	46	2026-11-30 20:22:20.055114+00	2026-11-30 20:22:20.055114+00	8fb07464-133b-9cf7-9d1f-67bf24ec984f	4aedb9f1-8d9b-d56d-f519-63a1790b3b34	low_stock	say-how-few-mugs-are-few	ann	\\x2dfe4681263ff2f0382073f1fb0482c22a5cd60504fd0c95a0d434725f4a7e21	\N	\N	\N	\N
2	47	2026-11-30 20:22:20.085889+00	2026-11-30 20:22:20.085889+00	1dfb7b6a-ca06-1a1a-b1b0-ecb21cf6f2ed	f50d8133-c5cb-01d6-7df2-6111a1feafd6	acknowledge	see-to-an-alert	ann	\\x5759a5c7d383aa71fd36eaa11207ccfac3a317f069bf11fa8c7050eb53ee782e	\N	\N	\N	\N
2	48	2026-11-30 20:22:20.120007+00	2026-11-30 20:22:20.120007+00	c0306596-bfd9-8706-1784-121a14bd1038	5ac1ef3f-0938-b69c-3e21-e3192b60a84e	receive	receive-milk	ann	\\xd38b278f3c33dc9984874cfcc3fe1270db719a1beddba15b5560df4ba94614e2	\N	\N	\N	\N
2	49	2026-11-30 20:22:20.144737+00	2026-11-30 20:22:20.144737+00	48ed3840-5b6e-a01d-92b1-289e723d5653	b77946f7-8c99-a1fe-235c-eec6e3ef6723	define_recipe	say-what-a-flat-white-is-made-of	ann	\\x370912f226fa6268ac8a84a383246e7db9ad7b796dae8ffec1d5a1d3f7a8daab	\N	\N	\N	\N
2	50	2026-11-30 20:22:20.168576+00	2026-11-30 20:22:20.168576+00	f8b15452-16ae-eac9-32ad-2c46273e25fa	5ff66a71-1ead-f9e9-896e-e4fb2c78dbb1	map_ingredients	say-what-the-ingredients-are-in-london	ann	\\x76a4cf9e5132b64103239e98e0c37f7b8c81dca5ceff366ddda1e099954a6276	\N	\N	\N	\N
2	51	2026-11-30 20:22:20.201767+00	2026-11-30 20:22:20.201767+00	f8a7e4ae-cad2-a087-406a-b54f95b74792	4effef73-de25-24b5-f2e9-9b7e63ccbe8c	deduct	deduct-two-flat-whites	ann	\\x323498014eae3fc1cc40fb438dcc9f692934ea01600471cced4d103abb4b1982	\N	\N	\N	\N
2	52	2026-11-30 20:22:20.277861+00	2026-11-30 20:22:20.277861+00	b140860a-7c5c-bc2f-2f5c-ee89d8c667e3	60cd38b4-95a8-bc8e-08a5-f4c13f7bdee4	allow_negative	let-london-sell-on-until-the-delivery-comes	ann	\\xa549552eac1902d810e06670e831690da2dafd1158648de56de75a753cd78bc7	the delivery is late	\N	\N	\N
2	53	2026-11-30 20:22:20.348474+00	2026-11-30 20:22:20.348474+00	428f834f-d145-5441-2673-ba8e57ef1f88	1c61dadd-7699-e8a4-6440-ac4a2d6e0e6e	allow_negative	let-it-no-longer	ann	\\x3bab047e53cb7c15e2817d9db182f75e753c09bbb435db4dffe3d90deeb10a5e	the delivery came	\N	\N	\N
2	54	2026-11-30 20:22:20.36574+00	2026-11-30 20:22:20.36574+00	537d94da-bfef-ebc9-f865-00bddffe7ee6	52f02f47-e484-2032-3745-0a2bd459de46	void	void-a-sale	ann	\\x5515be677cfc8c22fcf602abc6be1f00b4fcdeae7715ce543c8d8005270744c2	rung up twice	\N	\N	\N
2	55	2026-11-30 20:22:20.455341+00	2026-11-30 20:22:20.455341+00	cf2defb8-a67f-c1b6-6cb1-51272469360f	84074959-d47f-04fb-47e0-d98016354a23	lend	lend-a-till-what-it-may-sell-offline	ann	\\x3e543fe1ecc3fc64436bd8d5ef06f58f83ec3744f241cf93f5da68307c52d47a	\N	\N	\N	\N
2	56	2026-11-30 20:22:20.483817+00	2026-01-31 08:15:00+00	8fdad1f7-4b7a-624c-2586-a61abc042e6e	8ac46ade-aec7-bc7a-be29-a8e19ce908df	queue_sale	bring-in-a-sale-that-was-made-offline	ann	\\xafd541bb36d65f15ad3c3d309d4d64b6bf32a48778fee5f7eee9721bcd5244ef	\N	\N	\N	\N
2	57	2026-11-30 20:22:20.506183+00	2026-11-30 20:22:20.506183+00	a57251d3-3c60-f690-2857-5cd6ac09c153	73b25505-23c4-9da0-5049-affa62a8604b	sync_sale	deduct-the-sale-that-waits	ann	\\xd6df95e2decb8ea473256d31008d4dcb108583dd601bc545f13ac1aaff6b1a84	\N	\N	\N	\N
2	58	2026-11-30 20:22:20.590967+00	2026-11-30 20:22:20.590967+00	28da3c34-56dc-d4aa-d3a0-2a20affd6a72	ab1169c3-24f7-25e7-4642-324d69929217	queue_sale	bring-in-a-sale-that-was-short-of-stock	ann	\\x1a08ece8f96bfe4dcb5c53344fa125b80dd3811baefc873bb88f965a5284530b	\N	\N	\N	\N
2	59	2026-11-30 20:22:20.68502+00	2026-11-30 20:22:20.68502+00	e847f8ef-0bca-210a-af3a-fa4e8d1a8ae9	383feefb-b3bc-efd2-37bb-50095b249bc5	approve_sale	approve-the-sale	ann	\\x45b45fe4794a5de2cfd69da2f2a891b94a2f64c91ee090e05398bce1356d9214	the milk had not been booked in	\N	\N	\N
2	60	2026-11-30 20:22:20.72308+00	2026-11-30 20:22:20.72308+00	d740fe25-84ed-aafb-bc13-995c47e00527	a6a7359b-9042-69a1-fb6f-3f29873e57f9	queue_sale	bring-in-a-sale-that-never-happened	ann	\\x7cadaf9edc991fb5b67777910b73dc5d20199f1a1439f35110c619b632d985fe	\N	\N	\N	\N
2	61	2026-11-30 20:22:20.76065+00	2026-11-30 20:22:20.76065+00	e2c8ee81-dfb3-0e32-1cdd-9817f3807457	ecefbab1-883e-4eea-61e3-b7bea6bff68d	reject_sale	reject-the-sale	ann	\\xec2e4cfbe4d3383c256d644a81c1195100ecfccd2e729754b1cdb152868376e3	a slip of the finger	\N	\N	\N
2	62	2026-11-30 20:22:21.120201+00	2026-11-30 20:22:21.120201+00	d4fa72e9-8635-860a-efa2-e01c84998b9e	6feb92ec-2e3c-76b7-4625-4e95847280e8	produce	take-two-rolls-of-hessian-in	ann	\\x1803b752b138c5be4441fe1b9608535639013e147ea9a6dd8d6734ccb116f501	\N	\N	\N	\N
2	63	2026-11-30 20:22:22.130369+00	2026-11-30 20:22:22.130369+00	2362f9a5-6554-a919-6174-120d59e14827	61a0d140-97ae-1190-a375-f8aad0b68db1	cut	cut-two-lengths-off-a-roll	ann	\\x51bc796d852917fb2713b9167cc9bd0d80351032dc0395c1cd1f612d703f3684	\N	\N	\N	\N
2	64	2026-11-30 20:22:22.461257+00	2026-11-30 20:22:22.461257+00	573bdba6-bf71-2f8c-ced8-8825eaef6956	99fe8873-42ae-1f02-fb1f-acb023d4ba5c	revert	undo-the-cut	ann	\\xa2f525b130ca37e71fc9b4e3b761c4f94cebe60343191c7df7b206ea6361fc82	measured wrong	\N	\N	\N
2	65	2026-11-30 20:22:22.517583+00	2026-11-30 20:22:22.517583+00	96047174-7cb0-194f-34c3-887dd946d749	16817029-f016-058c-4aba-a3880bd53589	reserve_pieces	keep-a-roll-for-a-customer	ann	\\xf28a4046c35b9138589fae6f2843407e869d4ea85ebdbdb73a518d4fe0a9b742	\N	\N	\N	\N
2	66	2026-11-30 20:22:22.566864+00	2026-11-30 20:22:22.566864+00	4150498a-9a2d-442d-20b3-a71d40eabcdc	4dd78fd5-2b38-bfe8-c880-cf13f99bf448	release_pieces	let-go-of-the-roll	ann	\\xae30cfe5e76f02d5092e6f41ecc92623db03ed4cef6abe140c681257b265d9be	\N	\N	\N	\N
2	67	2026-11-30 20:22:22.62086+00	2026-11-30 20:22:22.62086+00	314b996b-8f0f-3bd5-2808-0a183b09359f	ecfd9f7a-5c9d-37db-9bad-f90977d358d1	dispatch	send-a-roll-out	ann	\\x75bf72a3f4279ce69cc57de06ca56ae679455eba8fb3878bc3d6af8113fbb2d9	\N	delivery	D-1	\N
2	68	2026-11-30 20:22:22.631456+00	2026-11-30 20:22:22.631456+00	745e037b-75d5-772e-49a1-a4180e69a25a	5d11d712-2613-7f33-533d-a40a13d6398d	return_pieces	take-the-roll-back	ann	\\xa260f066eabd904d30ae3e3831eab83c9af5edf9d6905b363fdcf66bfdd35873	wrong colour	\N	\N	\N
2	69	2026-11-30 20:22:22.682792+00	2026-11-30 20:22:22.682792+00	c83d6144-ccba-5a4f-7dd7-98609a945e58	9b40b955-e8ec-a079-64f6-3a41d8da0446	create_pieces	give-loose-cups-names-in-two-boxes	ann	\\x4d7893fc40667dec7af9cac18e7ee88929e3fe53efc83f733c278e8ab8690320	\N	\N	\N	\N
2	70	2026-11-30 20:22:22.732915+00	2026-11-30 20:22:22.732915+00	286f7453-268c-5ca1-f147-f86f1f8a11ed	9f1ae37f-78ce-46ce-baeb-fa5ffa8c58f4	combine	bundle-the-cups-by-tens	ann	\\x3e6279d7d05fef60e4ba84322aaf699159afde5acd798d4c15ea96d4f2f99975	\N	\N	\N	\N
2	71	2026-11-30 20:22:22.78497+00	2026-11-30 20:22:22.78497+00	34f91c50-45a3-b0d6-cf12-1204402b9d59	6e3ddd16-9fb2-8e64-20f2-eed63d53ec3b	revert	undo-the-bundling	ann	\\xa275ba56296bc4df957ead98fdd723e1318b28c9be49a2004cc6d88440f32883	the wrong boxes	\N	\N	\N
2	72	2026-11-30 20:22:22.889427+00	2026-11-30 20:22:22.889427+00	0f3536e9-386d-b2df-55ba-192c94dfc2d1	80cd6ad3-adfd-f1a9-37e9-fe840c9a26e8	receive_serials	receive-grinders-with-their-serial-numbers	ann	\\x877fe943ad825e4fd555b276a1b0e840fc32cdf8206d9f6ee68cf14647b85e76	\N	\N	\N	\N
2	73	2026-11-30 20:22:22.935661+00	2026-11-30 20:22:22.935661+00	5537034d-0583-75e3-a79f-24bce9a7d860	06c43ccd-44d3-9d21-d06b-1fd5ad17ed11	grade	grade-a-grinder-anew	ann	\\x6fca40bc79954f75ffddf46e22e169d27951c58dba2b54f01e4def66ddfb41d4	\N	\N	\N	\N
2	74	2026-11-30 20:22:23.01984+00	2026-11-30 20:22:23.01984+00	c68d05cb-793d-58b1-b429-7d241cddd378	77cfb481-426d-14c2-4701-c69801e0a6a5	customer	make-a-customer-known	ann	\\x7147b6f8a578a0b54de81c039f61463a7810054978138572cd7fa9ed6c7b1c19	\N	\N	\N	\N
2	75	2026-11-30 20:22:23.146147+00	2026-11-30 20:22:23.146147+00	4b648f03-23f6-f666-40d5-8fae944f72f6	cab8636b-05b8-497b-6a13-de66b9384f31	invoice	invoice-a-grinder	ann	\\x9a3d96cb93e6522f4d2c52ea92195bb3c35abf637bdf472c99820078cd8e7803	\N	\N	\N	\N
2	76	2026-11-30 20:22:23.195249+00	2026-11-30 20:22:23.195249+00	70282562-077f-241c-c815-01eef461769b	ffa5a116-d537-1029-788b-94d31fe28c40	pay	pay-an-invoice-in-part	ann	\\x382b725185160d92195c07d3e988a59aa75320d5eda3ed95b15a9126a5b7bdb6	\N	\N	\N	\N
2	77	2026-11-30 20:22:23.226696+00	2026-11-30 20:22:23.226696+00	59053e80-0ad3-f084-5c93-dbe79aa5142e	570d5803-64d6-75e4-d5c2-fb2d583da88e	pay	pay-the-rest	ann	\\xde8c33ec3950932978b8aa3c073e4c8a71d1920db87117e2fafca7cd2437ac08	\N	\N	\N	\N
2	78	2026-11-30 20:22:23.246967+00	2026-11-30 20:22:23.246967+00	cffcc054-868e-164b-595a-dbe17b6a86cb	2b5b2ed0-f957-e438-44a4-5b963980590c	deliver	deliver-what-was-invoiced	ann	\\x49684f516f7950c0f074acd68c3d54d1e0400b48b4bfe2d4c13bd2b09f764097	\N	\N	\N	\N
2	79	2026-11-30 20:22:23.283117+00	2026-11-30 20:22:23.283117+00	c9d637f5-3799-cad1-c83a-5235feede94d	845c4c10-054f-b078-a496-8aa740599dac	return_invoice	take-the-grinder-back	ann	\\x766347db7299987acd1075bc594dd1f2a64da3a0bcd5ea89da4203d9266d68c7	too loud	\N	\N	\N
2	80	2026-11-30 20:22:23.309769+00	2026-11-30 20:22:23.309769+00	b4910b0f-3735-2394-35b8-54519c9736b7	1aa90efc-667f-2dc1-ee4a-c0dc70d938b4	refund	give-the-money-back	ann	\\x697b0ef75be165e6605764bec2ed631d1c9957d4b5e2dbbb3d235bceaacb0dae	\N	\N	\N	\N
2	81	2026-11-30 20:22:23.478192+00	2026-11-30 20:22:23.478192+00	97fb20df-66f4-259d-2b21-6d2a715140fe	6abeb895-21da-b56e-397f-12eed284d62f	invoice	invoice-another-grinder	ann	\\x8a93c285d96cf22d15bcc92ad24711ba8b7bd65d9017d07347c9841739beb972	\N	\N	\N	\N
2	82	2026-11-30 20:22:23.518499+00	2026-11-30 20:22:23.518499+00	27062e6a-9657-739c-c445-61e03a5c1083	5fca9570-9cc1-39e5-9316-2749c5b2428f	cancel_invoice	cancel-an-invoice	ann	\\x395ca8823ecee1a830cc79934104e3d6c122b9c151ee3afbc084de6801e5af39	ordered twice	\N	\N	\N
2	83	2026-11-30 20:22:23.568152+00	2026-11-30 20:22:23.568152+00	128bd05f-741e-2f7c-d051-56ff76a74a87	08f72577-cc49-930b-31fc-19d6393353e7	invoice	reserve-a-grinder-for-an-invoice	ann	\\x49eab154556af1790aa80c847237e3a6b1b24830b7055460d0dc8565916b7a8b	\N	\N	\N	\N
2	84	2026-11-30 20:22:23.627269+00	2026-11-30 20:22:23.627269+00	1a2be8b6-49fa-8992-dcae-cd99bfaed1e8	33c384b4-b693-9d40-a94d-aa4c6a62b034	pay	mark-an-invoice-as-sold	ann	\\x9fcf98a2263a1700a9cf5b7399a4ed1e8fcc9d87c0577d68cac2b0d3cced6ef6	\N	\N	\N	\N
2	85	2026-11-30 20:22:23.674995+00	2026-11-30 20:22:23.674995+00	4209b50e-99e3-b3f8-100a-afa16efde304	c79eee5c-ca81-f42a-481c-d9c3b9826e6f	deliver	mark-an-invoice-as-delivered	ann	\\xa99061aac4b8719f5c391116e9d0f257a20e1bf74ba84c90122414a940c37974	\N	\N	\N	\N
2	86	2026-11-30 20:22:23.717711+00	2026-11-30 20:22:23.717711+00	56c9b5d1-42ae-7863-1ad9-e5742fdd865a	809b0332-b9ef-b476-39ba-1a2a85474b7a	invoice	reserve-a-grinder-for-somebody-else	ann	\\x91728fcfff54174a7a242940580dc2781e33c631a704921869987fed16a45004	\N	\N	\N	\N
2	87	2026-11-30 20:22:23.762447+00	2026-11-30 20:22:23.762447+00	d52a618c-894a-936d-ef71-827ec920457b	347efaa2-fbba-81a5-a1a0-66d9f78f5773	cancel_invoice	release-what-was-reserved	ann	\\xdba4c92bd597a29d229f0c46d9316b9a0ad6f044d3a6ca4ff91403cdc04ab137	never came	\N	\N	\N
2	88	2026-11-30 20:22:23.787859+00	2026-11-30 20:22:23.787859+00	cd48773e-a958-5260-0cfb-31f33d0d2164	84086223-1b9e-07c2-d046-253a0b7c0ee9	invoice	reserve-the-grinder-again	ann	\\x4dfa694abf415dc8a447d75d9a884c59aa767956cb7fd81d1b9f1d8fcfcc7a97	\N	\N	\N	\N
2	89	2026-11-30 20:22:23.821053+00	2026-11-30 20:22:23.821053+00	11e9db23-d675-7bd2-4f4a-b9abf5b56981	45e573bc-a1d5-9da5-359f-be4be7211794	pay	bring-an-invoice-to-paid	ann	\\x3b1a0d1e76902ba6000eadf1d8cbbd88552c20ce0b95da68b2b7d445fefb13cd	\N	\N	\N	\N
2	90	2026-11-30 20:22:23.84405+00	2026-11-30 20:22:23.84405+00	e5ea55b9-d3c4-d0d7-5b8c-4e79a53efedb	e32fe7da-8b29-bb65-504c-c36173ca8e1e	deliver	bring-an-invoice-to-delivered	ann	\\x2e5f1163dc3752535eb5c2566dd4fcfb0524e0305444e2293e430910df0eba03	\N	\N	\N	\N
2	91	2026-11-30 20:22:24.097214+00	2026-11-30 20:22:24.097214+00	1c71957f-7e10-b383-4fd2-a69767801e1f	c9c5f60e-ae17-db4c-3870-5415bc6f5eea	reserve	hold-a-mug-and-a-shirt-for-an-order	ann	\\xab183065a2208a3701bc2c0432282e55a32f68fdc2ce50af2fe2d627cd85991f	\N	\N	\N	\N
2	92	2026-11-30 20:22:24.12811+00	2026-11-30 20:22:24.12811+00	98aa9ca1-8236-b1f2-5d3c-11f941240165	bbf3187f-500a-8493-8cf3-c10d940be9ff	order	place-an-order	ann	\\x456da0d52d182c1360f6e2d2826ff2d5aec5657fc4a4002afa24fe60a04cf129	\N	\N	\N	\N
2	93	2026-11-30 20:22:24.163492+00	2026-11-30 20:22:24.163492+00	655984be-948d-c09d-a21d-59dbc91a3ddb	9103a689-d4af-f564-f20e-f0d6dbe1322a	pay	pay-an-order	ann	\\x9c96f333795e97e303072d0e5da3155c4c8341b0af82e888f82420162e3f3257	\N	\N	\N	\N
2	94	2026-11-30 20:22:24.192261+00	2026-11-30 20:22:24.192261+00	97650a58-1a2e-e012-900a-bea401881944	d31fb9eb-333f-4cef-0b3b-0fccb2006036	fulfil_order	note-that-the-parcel-left	ann	\\x147e962050ada005ec5781efb97ce58b386b73ef31f36754ee655cdf02dbca15	\N	\N	\N	\N
2	95	2026-11-30 20:22:24.213566+00	2026-11-30 20:22:24.213566+00	33b07024-1ee4-b7f9-ff8c-287709de3e1a	23b556ab-6d52-735a-fb0e-4f2b459e0092	commit_order	complete-the-order	ann	\\xe5454d2c703e18e9f618ca91da980fe36c15864e8c7f5f86614e111de468d2e6	\N	\N	\N	\N
2	96	2026-11-30 20:22:24.250563+00	2026-11-30 20:22:24.250563+00	1b78413e-2da3-2c1f-943b-fe7d5c6ab44d	016c5670-f425-1178-9947-e69ded405d39	reserve	hold-a-shirt-for-another-order	ann	\\xe31378f6f730cc9e5befaafac160b3e530559f2d769eba11aba1d72b50c42adb	\N	\N	\N	\N
2	97	2026-11-30 20:22:24.283364+00	2026-11-30 20:22:24.283364+00	2c8d5497-e361-7147-134a-06bc9bbc5e3b	9c601334-a5f8-89ca-3328-c75152e59d73	order	place-another-order	ann	\\x10b261ec95db755977785b131c0294d4e9787bbf93140cd973ec39c204cdb539	\N	\N	\N	\N
2	98	2026-11-30 20:22:24.297191+00	2026-11-30 20:22:24.297191+00	94d09e4d-5670-eed1-0005-18a83c22a9a1	c0a1bcbd-b1c2-44e4-d1c9-b2fa1e87b363	pay	pay-the-other-order	ann	\\x98c3173bf879ecd664da17aaa337b421c0f989966e8f1dff3a7379f2c4cdb78c	\N	\N	\N	\N
2	99	2026-11-30 20:22:24.313212+00	2026-11-30 20:22:24.313212+00	8a09d964-3e49-4fce-cf28-4950106f35d0	0c9d4e9d-eff5-e848-987c-e86aab4586a4	cancel_order	cancel-an-order	ann	\\x60c14b85aecc943eb39f122f1361cfa897939dcf51917eefc36e15d2c8ec3bc2	sent to the wrong address	\N	\N	\N
2	100	2026-11-30 20:22:24.318999+00	2026-11-30 20:22:24.318999+00	b8184c0f-60c4-8a85-880f-dc0a364f6f8f	78b113ef-489f-802c-f078-5930d22b42fa	refund	give-the-money-for-an-order-back	ann	\\x243f6446e13f2cc0652a51cdef04767d731bff7b236f50c02def3ba2cb44a3a2	\N	\N	\N	\N
2	101	2026-11-30 20:22:24.352375+00	2026-11-30 20:22:24.352375+00	9e053f57-db9f-f26f-fb75-4375c3c7e38e	79ff9670-3eea-3cfa-f74e-9eaa7d3250a1	reserve_across	check-a-cart-out/reserve	ann	\\x0a161804ec2898170de1493ac5085c2dc46c519bce1ee2e72c45abd1e9643112	\N	cart	check-a-cart-out	\N
2	102	2026-11-30 20:22:24.358934+00	2026-11-30 20:22:24.358934+00	6642cd9b-1a7d-b143-a870-1c5d1ff57536	f9bb4ba6-b152-c35b-cbab-bb29f5ecf251	order	check-a-cart-out/order	ann	\\x7fff7d30d0a667ef2e0605d9f7a2d405979780bc4d0455f1ac9dc8103b6e0175	\N	\N	\N	\N
2	103	2026-11-30 20:22:24.370192+00	2026-11-30 20:22:24.370192+00	04a6b0b0-ff95-335f-bead-b7dbcde29545	05f61734-283c-384c-4db9-e3ddd42e7acb	cancel_order	cancel-what-was-checked-out-as-the-payment-failed	ann	\\xe844d75caac01a226ead8039525e25c12b17fe2cc4cf2d834fa1572a6163c2e3	card declined	\N	\N	\N
2	104	2026-11-30 20:22:24.50358+00	2026-11-30 20:22:24.50358+00	5a6f3648-067c-be90-66b9-37945d8bb399	3a9a6dba-702f-e4dd-7da9-7bfa9fd36f6d	set_reorder_points	say-when-to-order-mugs	ann	\\x75fe157dea1a7862d4ec1cfaab8d34c008721939492c90f9353e332523b3ded8	\N	\N	\N	\N
2	105	2026-11-30 20:22:24.746827+00	2026-11-30 20:22:24.746827+00	1301cd2e-8046-b101-a93d-9017292576a6	ba540235-fb4f-8dc9-47e3-38b842ba4778	order_incoming	order-mugs-from-a-supplier	ann	\\x6052514fbf4095bf06af47da85605d502b89a4d3fd92ecc67fd8568037dfd9fa	\N	\N	\N	\N
2	106	2026-11-30 20:22:24.861077+00	2026-11-30 20:22:24.861077+00	e259dc54-d0f2-cf77-229f-4b117ad47b88	8e90b989-9c7c-a8eb-5272-990531d24336	receive_incoming	receive-what-was-ordered	ann	\\x61e4172f1d32c97345c94a9ad893028ea9296a77a195cd9809a7e57bc67c317d	\N	\N	\N	\N
2	107	2026-11-30 20:22:24.929015+00	2026-11-30 20:22:24.929015+00	0b7155a0-b688-b67b-311a-85415341e2e5	baf213d1-ef17-535f-b5e3-c6bdb0ffacf4	sell	till-7/000124	ann	\\xe199a2cac5bb54cbc064e9a71d3a93af43cbd70baf5a2b280575cf5a17c0b1fb	\N	\N	\N	\N
2	108	2026-11-30 20:22:25.121427+00	2026-11-30 20:22:25.121427+00	a582bac6-52c6-d35b-cc8f-660a4f607f70	5693989b-021a-073e-f483-7c8ca91e4e42	sell	sell-by-mistake	ann	\\xb1d9dd2bd466517fd541f8d382fe938ffb747e057c350f79da4e4cd918d06d40	\N	\N	\N	\N
2	109	2026-11-30 20:22:25.163575+00	2026-11-30 20:22:25.163575+00	477f64e1-6c20-33e2-3f61-a91fdeafc419	37e7f430-add9-7133-f6c8-b730f4d316f9	revert	undo-a-posting	ann	\\x609f80eac494c9df3034ca2a3eb21a0c12929de07b5e6c202a321bd82a2546f5	the wrong button	\N	\N	\N
2	110	2026-11-30 20:22:25.678669+00	2026-11-30 20:22:25.678669+00	13cfb87a-25ac-60f7-be35-c9af2cf0e57b	7c89c5fd-0de9-4f2d-f876-91891927e4f1	create_webhook	let-the-books-know-of-each-sale	ann	\\xbdb8e2228958f56c853948125f3c030cc9f713432b104ce1cae45bd6bfd905e0	\N	\N	\N	\N
2	111	2026-11-30 20:22:25.743504+00	2026-11-30 20:22:25.743504+00	a93bbc5b-7a02-14d3-9ef1-b4bcdfe08784	330934a4-3b2a-b3fb-4d6d-c955f779b44a	change_webhook	tell-the-books-of-returns-too	ann	\\xdc9c94136078e1246d93bcce7c1c19a5ba3262af4f3ca2ed69c50d4e4f00265c	\N	\N	\N	\N
2	112	2026-11-30 20:22:25.98251+00	2026-11-30 20:22:25.98251+00	ff01f439-f9f8-5b21-7047-11352a416bf4	f7563953-6b04-4e3a-c22e-d1c0c67280c5	rotate_webhook	take-a-new-secret-with-a-day-to-change-over	ann	\\x0013cc2453014ec6813b05be68c9563126d46275a6fa5296fd4af82a38fd795a	\N	\N	\N	\N
2	113	2026-11-30 20:22:26.007303+00	2026-11-30 20:22:26.007303+00	a3a84fe2-288c-f6dc-494e-c9905c5858bb	959bde91-a1bd-95cc-f7a9-186595c847b5	disable_webhook	stop-the-webhook	ann	\\x4563662e0500cdec2120fbfa1238d2eb623df2d4c856b9d0faf19d903e109597	\N	\N	\N	\N
2	114	2026-11-30 20:22:26.030765+00	2026-11-30 20:22:26.030765+00	dc5689bd-9aa1-d1ce-cb48-de00fc378eca	e991536c-6dab-529c-89b0-9d3d51d88bef	resume_webhook	go-on-with-the-webhook-where-it-stopped	ann	\\xcde7883b001285570c13ab44f7c1b18c068d5e9b6b1a5f7ebc8a15182efa90b1	\N	\N	\N	\N
\.
COPY public.transformation (org_id, id, version, number, kind, item_id, used, made, rest, waste, kerf, size, bundles) FROM stdin;
2	64	1	63	cut	17	50000000	19500000	30480000	0	20000	\N	\N
2	72	1	69	create	18	55000000	55000000	0	0	0	\N	\N
2	77	1	70	combine	18	55000000	50000000	5000000	0	0	10000000	5
\.
COPY public.piece (org_id, id, version, kind, size, length, creator, origin_id, status, holding_id) FROM stdin;
2	69	2	offcut	30480000	\N	63	64	undone	70
2	67	2	cut	7000000	\N	63	64	undone	68
2	65	2	cut	12500000	\N	63	64	undone	66
2	60	3	roll	50000000	\N	62	\N	available	61
2	62	5	roll	50000000	\N	62	\N	available	63
2	88	2	spare	5000000	\N	70	77	undone	89
2	86	2	bundle	10000000	\N	70	77	undone	87
2	84	2	bundle	10000000	\N	70	77	undone	85
2	82	2	bundle	10000000	\N	70	77	undone	83
2	80	2	bundle	10000000	\N	70	77	undone	81
2	78	2	bundle	10000000	\N	70	77	undone	79
2	75	3	spare	25000000	\N	69	72	available	76
2	73	3	spare	30000000	\N	69	72	available	74
\.
COPY public.purchase (org_id, id, version, site_id, status, supplier, expected_on) FROM stdin;
2	133	2	9	received	Potteries Ltd	2099-03-01
\.
COPY public.purchase_line (org_id, purchase_id, holding_id, quantity) FROM stdin;
2	133	25	0
\.
COPY public.receipt (org_id, id, version, number, site_id, status, issued_at, sold, rates, net, vat, gross) FROM stdin;
2	31	1	1	9	issued	2026-11-30 20:22:18.043282+00	[["MUG", "Blue mug, 300 ml", 2000000, "piece", 11000000, 20000000, 18330000, 3670000, 22000000], ["SHIRT-M", "Shirt M", 1000000, "piece", 25000000, 20000000, 20840000, 4160000, 25000000]]	[[20000000, 39170000, 7830000, 47000000]]	39170000	7830000	47000000
2	33	1	2	9	issued	2026-11-30 20:22:18.083623+00	[["SHIRT-M", "Shirt M", -1000000, "piece", 25000000, 20000000, -20830000, -4170000, -25000000]]	[[20000000, -20830000, -4170000, -25000000]]	-20830000	-4170000	-25000000
\.
COPY public.recipe (org_id, id, version, product_id, versions) FROM stdin;
2	48	1	11	[[0, 47]]
\.
COPY public.recipe_version (org_id, id, version, product_id, yield_unit, yield_numerator, yield_denominator, ingredients) FROM stdin;
2	47	1	11	piece	1	1	[[1, "Espresso", 0, "g", 18, 1, 0], [2, "Milk", 0, "ml", 120, 1, 50000], [3, "Cup", 0, "piece", 1, 1, 0]]
\.
COPY public.reorder_point (org_id, id, version, site_id, item_id, point, target, retired) FROM stdin;
2	132	1	9	12	60000000	120000000	f
\.
COPY public.reservation_line (org_id, reservation_id, holding_id, quantity) FROM stdin;
1	28	26	0
1	29	26	0
1	30	26	0
1	31	26	0
1	32	26	0
1	33	26	0
1	34	26	0
1	35	26	0
1	36	26	0
1	37	26	0
1	38	26	0
1	39	26	0
2	34	25	0
2	35	26	0
2	36	26	0
2	38	29	50000000
2	54	27	9000000
2	54	43	162000000
2	54	46	1136842111
2	71	63	0
2	104	91	0
2	110	94	0
2	113	97	0
2	117	100	0
2	120	100	0
2	123	25	0
2	123	28	0
2	126	28	0
2	130	25	0
\.
COPY public.reversal (org_id, reverted, number) FROM stdin;
1	81	82
1	80	82
2	63	64
2	70	71
2	108	109
\.
COPY public.sequence (org_id, name, last) FROM stdin;
1	BCH-MILK-EARLY	1
1	BCH-MILK-LATE	1
1	BCH-BEANS-7	1
2	receipt	2
2	WAIT-london	1
2	BCH-AZUL-1	1
2	CUT	2
2	OFFCUT	1
2	BUNDLE	5
2	SPARE	3
\.
COPY public.serial (org_id, id, version, unit_id, status, condition, document_type, document_id, reserved_by, reserved_until, reservation_id) FROM stdin;
2	92	5	90	available	A	\N	\N	\N	\N	\N
2	95	3	93	available	A	\N	\N	\N	\N	\N
2	98	5	96	delivered	C	invoice	I-3	\N	\N	\N
2	101	6	99	delivered	B	invoice	I-5	\N	\N	\N
\.
COPY public.setting (org_id, id, version, name, value) FROM stdin;
2	7	1	currency	GBP
2	8	1	time_zone	Europe/London
\.
COPY public.stock_level (org_id, id, version, site_id, item_id, low) FROM stdin;
2	5	1	3	4	5000000
2	45	1	9	12	60000000
\.
COPY public.transfer (org_id, id, version, source_site_id, target_site_id, status, line_values) FROM stdin;
1	27	3	1	2	received	\N
2	30	2	9	10	received	\N
\.
COPY public.transfer_line (org_id, transfer_id, holding_id, quantity) FROM stdin;
1	27	21	0
2	30	29	0
\.
COPY public.transformation_line (org_id, transformation_id, holding_id, quantity) FROM stdin;
2	64	61	50000000
2	72	27	55000000
2	77	74	30000000
2	77	76	25000000
\.
COPY public.user_account (org_id, id, version, name, role, sites, credential, retired) FROM stdin;
2	2	2	ann	manager	[]	10f50c5d53879ad5f7ee9a874e263cfcff36fb5b8c28bbc31f70b786e2d461d6	f
2	23	2	ben	clerk	["london"]	60e978a9d94c20be11800313c45a4dfe6c8eae2776db618b9704aedafcf08e8b	f
\.
COPY public.waiting_line (org_id, id, version, site, sku, tickets) FROM stdin;
2	37	2	london	POSTER	[]
\.
COPY public.webhook (org_id, id, version, name, url, kinds, sites, skus, credentials, older_until, status, because, start, run) FROM stdin;
2	134	5	books	https://books.shop.example/onhand	["sell", "return"]	[]	[]	["5be555385ba22f9d43d95a2bfde0c061", "30670e23d7f256fd4e480466808135c9"]	2026-12-01 20:22:25.98251+00	active	\N	111	1
\.
SELECT pg_catalog.setval('public.org_org_id_seq', 5, true);
SELECT pg_catalog.setval('public.outside_edit_id_seq', 1, false);
