using System.Text.Json;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary>
/// A part of a CEL expression. Values are bool, double, string, <see cref="JsonElement"/> for objects, object[] for
/// lists, <see cref="Null"/>, and <see cref="Missing"/> where CEL speaks of an error.
/// </summary>
internal abstract record CelNode
{
    public static readonly object Missing = new();
    public static readonly object Null = new();

    public abstract object Evaluate(JsonElement cloudEvent);

    public sealed record Literal(object Value) : CelNode
    {
        public override object Evaluate(JsonElement cloudEvent) => Value;
    }

    public sealed record Event : CelNode
    {
        public override object Evaluate(JsonElement cloudEvent) => cloudEvent;
    }

    public sealed record Member(CelNode Target, string Name) : CelNode
    {
        public override object Evaluate(JsonElement cloudEvent)
            => Target.Evaluate(cloudEvent) is JsonElement { ValueKind: JsonValueKind.Object } target && target.TryGetProperty(Name, out var value)
                ? CelValues.Of(value)
                : Missing;
    }

    public sealed record List(IReadOnlyList<CelNode> Items) : CelNode
    {
        public override object Evaluate(JsonElement cloudEvent) => Items.Select(item => item.Evaluate(cloudEvent)).ToArray();
    }

    public sealed record Not(CelNode Inner) : CelNode
    {
        public override object Evaluate(JsonElement cloudEvent) => Inner.Evaluate(cloudEvent) is bool value ? !value : Missing;
    }

    /// <summary>CEL's "and" and "or" do not mind an error on one side when the other side decides.</summary>
    public sealed record Logical(bool IsAnd, CelNode Left, CelNode Right) : CelNode
    {
        public override object Evaluate(JsonElement cloudEvent)
        {
            var left = Left.Evaluate(cloudEvent);
            if (left is bool decided && decided != IsAnd)
            {
                return decided;
            }

            var right = Right.Evaluate(cloudEvent);
            return right is bool second && (second != IsAnd || left is bool) ? second : Missing;
        }
    }

    public sealed record Comparison(string Operator, CelNode Left, CelNode Right) : CelNode
    {
        public override object Evaluate(JsonElement cloudEvent) => CelValues.Compare(Operator, Left.Evaluate(cloudEvent), Right.Evaluate(cloudEvent));
    }

    public sealed record Call(string Function, CelNode Target, CelNode? Argument) : CelNode
    {
        public override object Evaluate(JsonElement cloudEvent)
            => CelValues.Call(Function, Target.Evaluate(cloudEvent), Argument?.Evaluate(cloudEvent) ?? Null);
    }
}
