using System.Text.Json;
using System.Text.Json.Serialization;
using Orleans;
using Orleans.Runtime;

namespace SmartCity.Embedded.Grains;

/// <summary>Writes grain references as <c>type/key</c>; read, they are references of the declared interface.</summary>
internal sealed class GrainReferenceJsonConverter(Func<Silo> silo) : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) =>
        typeof(IAddressable).IsAssignableFrom(typeToConvert) && (typeToConvert.IsInterface || typeof(GrainReference).IsAssignableFrom(typeToConvert));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert), silo)!;

    private sealed class Converter<T>(Func<Silo> silo) : JsonConverter<T>
        where T : class, IAddressable
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var declared = typeof(T).IsInterface ? typeof(T) : typeof(IAddressable);
            return GrainId.TryParse(reader.GetString(), out var id)
                ? (T)(object)silo().CreateReference(id, declared)
                : throw new JsonException("A grain reference is written type/key.");
        }

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.GetGrainId().ToString());

        public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Read(ref reader, typeToConvert, options);

        public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WritePropertyName(value.GetGrainId().ToString());
    }
}
