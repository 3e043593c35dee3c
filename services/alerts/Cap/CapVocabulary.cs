namespace SmartCity.Alerts.Cap;

// The code values of CAP 1.2, spelled as in the schema: ToString() is what the XML carries.
public enum CapStatus
{
    Actual,
    Exercise,
    System,
    Test,
    Draft,
}

public enum CapMsgType
{
    Alert,
    Update,
    Cancel,
    Ack,
    Error,
}

public enum CapScope
{
    Public,
    Restricted,
    Private,
}

public enum CapCategory
{
    Geo,
    Met,
    Safety,
    Security,
    Rescue,
    Fire,
    Health,
    Env,
    Transport,
    Infra,
    CBRNE,
    Other,
}

public enum CapResponseType
{
    Shelter,
    Evacuate,
    Prepare,
    Execute,
    Avoid,
    Monitor,
    Assess,
    AllClear,
    None,
}

public enum CapUrgency
{
    Immediate,
    Expected,
    Future,
    Past,
    Unknown,
}

public enum CapSeverity
{
    Extreme,
    Severe,
    Moderate,
    Minor,
    Unknown,
}

public enum CapCertainty
{
    Observed,
    Likely,
    Possible,
    Unlikely,
    Unknown,
}
