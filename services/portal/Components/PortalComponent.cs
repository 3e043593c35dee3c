using Microsoft.AspNetCore.Components;
using SmartCity.Portal.Languages;

namespace SmartCity.Portal.Components;

/// <summary>A part of a page: it knows the request's language and time.</summary>
public abstract class PortalComponent : ComponentBase
{
    [CascadingParameter]
    public required Visit Visit { get; set; }
}
