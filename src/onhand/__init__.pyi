# Made by `make docs` from src/onhand/exports.py; edit there, not here.
from onhand.bootstrap import (
    connect as connect,
    connect_sync as connect_sync,
)
from onhand.cutting.plans import (
    CutPlan as CutPlan,
    PlannedCut as PlannedCut,
    plan_cuts as plan_cuts,
)
from onhand.faults import (
    Fault as Fault,
)
from onhand.kernel.command import (
    Command as Command,
)
from onhand.kernel.holding import (
    Place as Place,
)
from onhand.kernel.lots.metadata import (
    MetadataProblem as MetadataProblem,
)
from onhand.kernel.pieces.cut_pieces import (
    Shares as Shares,
)
from onhand.kernel.posting import (
    Change as Change,
    Movement as Movement,
    Posting as Posting,
)
from onhand.kernel.refusals import (
    Refused as Refused,
)
from onhand.kernel.states import (
    Outside as Outside,
    State as State,
)
from onhand.kernel.stock.define import (
    LocationLine as LocationLine,
    ProductLine as ProductLine,
    SiteLine as SiteLine,
)
from onhand.kernel.stock.product import (
    OptionValue as OptionValue,
)
from onhand.kernel.stock.receive import (
    NEW_LOT as NEW_LOT,
)
from onhand.ledger.accounts.port import (
    KeyAnswer as KeyAnswer,
    UserAnswer as UserAnswer,
)
from onhand.ledger.catalog.port import (
    CatalogItem as CatalogItem,
    CustomerAnswer as CustomerAnswer,
    LocationAnswer as LocationAnswer,
    ProductAnswer as ProductAnswer,
    SiteAnswer as SiteAnswer,
)
from onhand.ledger.commerce.answers import (
    InvoiceAnswer as InvoiceAnswer,
    InvoiceLineAnswer as InvoiceLineAnswer,
    OrderAnswer as OrderAnswer,
    OrderLineAnswer as OrderLineAnswer,
    PaymentAnswer as PaymentAnswer,
    SerialAnswer as SerialAnswer,
    SerialStep as SerialStep,
)
from onhand.ledger.commerce.counter import (
    receipt_in as receipt_in,
)
from onhand.ledger.commerce.questions import (
    InvoiceStatus as InvoiceStatus,
    Repaired as Repaired,
)
from onhand.ledger.commerce.shop_port import (
    DocumentsTotal as DocumentsTotal,
    ItemAnswer as ItemAnswer,
    RateAnswer as RateAnswer,
    ReceiptAnswer as ReceiptAnswer,
    ReceiptLineAnswer as ReceiptLineAnswer,
    VatReport as VatReport,
)
from onhand.ledger.core.answers import (
    Balances as Balances,
    ChangeLine as ChangeLine,
    Difference as Difference,
    Explained as Explained,
    Explanation as Explanation,
    HoldingAnswer as HoldingAnswer,
    HoldingDifference as HoldingDifference,
    HoldingThen as HoldingThen,
    JournalHead as JournalHead,
    MovementLine as MovementLine,
    Page as Page,
    PostingSummary as PostingSummary,
    ReservationAnswer as ReservationAnswer,
    ReservationLine as ReservationLine,
    Then as Then,
    Verification as Verification,
    VerificationFinding as VerificationFinding,
)
from onhand.ledger.engine.acting import (
    About as About,
)
from onhand.ledger.engine.conflicts import (
    again as again,
)
from onhand.ledger.lines import (
    Cutting as Cutting,
    ItemLine as ItemLine,
    Line as Line,
    Made as Made,
    SaleLine as SaleLine,
    Sold as Sold,
)
from onhand.ledger.lots.port import (
    AlertAnswer as AlertAnswer,
    LotAnswer as LotAnswer,
    Recipient as Recipient,
)
from onhand.ledger.lots.questions import (
    LotMetadataAnswer as LotMetadataAnswer,
)
from onhand.ledger.offline.port import (
    OfflineSaleAnswer as OfflineSaleAnswer,
    QueuedItemAnswer as QueuedItemAnswer,
)
from onhand.ledger.offline.verbs import (
    Synced as Synced,
)
from onhand.ledger.pieces.port import (
    Family as Family,
    PieceAnswer as PieceAnswer,
    PieceFinding as PieceFinding,
    Relative as Relative,
)
from onhand.ledger.pieces.takeover import (
    Takeover as Takeover,
)
from onhand.ledger.pieces.verbs import (
    Reverted as Reverted,
    made_pieces as made_pieces,
)
from onhand.ledger.planning.port import (
    Demand as Demand,
    Position as Position,
    Promisable as Promisable,
    PurchaseAnswer as PurchaseAnswer,
)
from onhand.ledger.promises.port import (
    Versioned as Versioned,
)
from onhand.ledger.promises.verbs import (
    Cleanup as Cleanup,
)
from onhand.ledger.recipes.health import (
    Check as Check,
    Health as Health,
    HealthStatus as HealthStatus,
)
from onhand.ledger.recipes.port import (
    DeductionTrail as DeductionTrail,
    MappingAnswer as MappingAnswer,
    SoldItemAnswer as SoldItemAnswer,
    TakenPart as TakenPart,
    TrailPosting as TrailPosting,
    Use as Use,
    Variance as Variance,
)
from onhand.ledger.recipes.questions import (
    Metrics as Metrics,
    SiteMetrics as SiteMetrics,
)
from onhand.ledger.serials.consistency import (
    Discrepancy as Discrepancy,
    Inconsistency as Inconsistency,
)
from onhand.ledger.serials.dashboard import (
    Dashboard as Dashboard,
    Throughput as Throughput,
)
from onhand.ledger.serials.port import (
    ExpiringReservation as ExpiringReservation,
    InvoiceItem as InvoiceItem,
    LastStep as LastStep,
)
from onhand.ledger.stock import (
    Stock as Stock,
)
from onhand.ledger.sync_stock import (
    SyncStock as SyncStock,
)
from onhand.ledger.trust.archive import (
    Archive as Archive,
)
from onhand.ledger.trust.archive_files import (
    Manifest as Manifest,
)
from onhand.ledger.trust.seal import (
    SignedHead as SignedHead,
    read_head as read_head,
    sign_head as sign_head,
)
from onhand.ledger.webhooks.port import (
    DeliveryAnswer as DeliveryAnswer,
    WebhookAnswer as WebhookAnswer,
)
from onhand.ledger.webhooks.verbs import (
    SecretMade as SecretMade,
)
from onhand.ledger.worth.port import (
    CostLine as CostLine,
    CostReport as CostReport,
    Valuation as Valuation,
    ValuedItem as ValuedItem,
)
from onhand.ledger.worth.totals import (
    Totals as Totals,
)
from onhand.ledger.worth.totals_port import (
    Followed as Followed,
    ItemTotal as ItemTotal,
    ProductTotal as ProductTotal,
)
from onhand.pauses import (
    shorten_pauses as shorten_pauses,
)

__all__ = [
    "About",
    "AlertAnswer",
    "Archive",
    "Balances",
    "CatalogItem",
    "Change",
    "ChangeLine",
    "Check",
    "Cleanup",
    "Command",
    "CostLine",
    "CostReport",
    "CustomerAnswer",
    "CutPlan",
    "Cutting",
    "Dashboard",
    "DeductionTrail",
    "DeliveryAnswer",
    "Demand",
    "Difference",
    "Discrepancy",
    "DocumentsTotal",
    "ExpiringReservation",
    "Explained",
    "Explanation",
    "Family",
    "Fault",
    "Followed",
    "Health",
    "HealthStatus",
    "HoldingAnswer",
    "HoldingDifference",
    "HoldingThen",
    "Inconsistency",
    "InvoiceAnswer",
    "InvoiceItem",
    "InvoiceLineAnswer",
    "InvoiceStatus",
    "ItemAnswer",
    "ItemLine",
    "ItemTotal",
    "JournalHead",
    "KeyAnswer",
    "LastStep",
    "Line",
    "LocationAnswer",
    "LocationLine",
    "LotAnswer",
    "LotMetadataAnswer",
    "Made",
    "Manifest",
    "MappingAnswer",
    "MetadataProblem",
    "Metrics",
    "Movement",
    "MovementLine",
    "NEW_LOT",
    "OfflineSaleAnswer",
    "OptionValue",
    "OrderAnswer",
    "OrderLineAnswer",
    "Outside",
    "Page",
    "PaymentAnswer",
    "PieceAnswer",
    "PieceFinding",
    "Place",
    "PlannedCut",
    "Position",
    "Posting",
    "PostingSummary",
    "ProductAnswer",
    "ProductLine",
    "ProductTotal",
    "Promisable",
    "PurchaseAnswer",
    "QueuedItemAnswer",
    "RateAnswer",
    "ReceiptAnswer",
    "ReceiptLineAnswer",
    "Recipient",
    "Refused",
    "Relative",
    "Repaired",
    "ReservationAnswer",
    "ReservationLine",
    "Reverted",
    "SaleLine",
    "SecretMade",
    "SerialAnswer",
    "SerialStep",
    "Shares",
    "SignedHead",
    "SiteAnswer",
    "SiteLine",
    "SiteMetrics",
    "Sold",
    "SoldItemAnswer",
    "State",
    "Stock",
    "SyncStock",
    "Synced",
    "TakenPart",
    "Takeover",
    "Then",
    "Throughput",
    "Totals",
    "TrailPosting",
    "Use",
    "UserAnswer",
    "Valuation",
    "ValuedItem",
    "Variance",
    "VatReport",
    "Verification",
    "VerificationFinding",
    "Versioned",
    "WebhookAnswer",
    "again",
    "connect",
    "connect_sync",
    "made_pieces",
    "plan_cuts",
    "read_head",
    "receipt_in",
    "shorten_pauses",
    "sign_head",
]
