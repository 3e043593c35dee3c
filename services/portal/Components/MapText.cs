using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace SmartCity.Portal.Components;

/// <summary>An SVG <c>text</c> element, centred. Razor keeps that tag name for itself, so it is built by hand.</summary>
public sealed class MapText : ComponentBase
{
    [Parameter, EditorRequired]
    public required string Text { get; set; }

    /// <summary>Baseline below the mark's middle, in drawing units.</summary>
    [Parameter]
    public int Y { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "y", Y);
        builder.AddAttribute(2, "text-anchor", "middle");
        builder.AddContent(3, Text);
        builder.CloseElement();
    }
}
