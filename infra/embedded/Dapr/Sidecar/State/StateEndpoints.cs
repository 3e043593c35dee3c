using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace SmartCity.Embedded.Dapr.Sidecar;

/// <summary><c>/v1.0/state/{store}…</c> (Dapr docs, "State management API reference").</summary>
internal sealed class StateEndpoints(ComponentCatalog catalog, StateLog log, DaprSidecarLimits limits, TimeProvider clock)
{
    public const string Prefix = "/v1.0/state/";

    public async Task HandleAsync(HttpContext context, SidecarApp app)
    {
        var segments = RequestTarget.SegmentsAfter(context, Prefix);
        var method = context.Request.Method;
        var isWrite = HttpMethods.IsPost(method) || HttpMethods.IsPut(method);
        Func<StateStoreComponent, Task>? handle = segments switch
        {
            [_] or [_, ""] when isWrite => store => SaveAsync(context, app, store),
            [_, "bulk"] when isWrite => store => GetBulkAsync(context, app, store),
            [_, "transaction"] when isWrite => store => TransactAsync(context, app, store),
            [_, { Length: > 0 } key] when HttpMethods.IsGet(method) => store => GetAsync(context, app, store, key),
            [_, { Length: > 0 } key] when HttpMethods.IsDelete(method) => store => DeleteAsync(context, app, store, key),
            _ => null,
        };
        if (handle is null)
        {
            context.Response.StatusCode = segments.Length is 1 or 2 ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status404NotFound;
            return;
        }

        if (catalog.StateStoreFor(app.AppId, segments[0]) is { } store)
        {
            await handle(store);
        }
        else if (catalog.StateStores.Any(s => s.IsFor(app.AppId)))
        {
            await DaprErrors.WriteAsync(context, StatusCodes.Status400BadRequest, DaprErrors.StateNotFound, $"state store {segments[0]} is not found");
        }
        else
        {
            await DaprErrors.WriteAsync(context, StatusCodes.Status500InternalServerError, DaprErrors.StateNotConfigured, $"state store {segments[0]} is not configured");
        }
    }

    private async Task GetAsync(HttpContext context, SidecarApp app, StateStoreComponent store, string key)
    {
        StateVersion? version;
        try
        {
            StateOperationReader.IsFirstWriteOf(null, context.Request.Query["consistency"]);
            version = log.Get(StateOperationReader.KeyOf(store, app.AppId, key));
        }
        catch (FormatException exception)
        {
            await StateAnswer.MalformedAsync(context, exception);
            return;
        }

        if (version is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var response = context.Response;
        // Not quoted, as upstream: the value is what a later If-Match or "etag" carries.
        response.Headers.ETag = version.ETag.ToString(CultureInfo.InvariantCulture);
        if (StateAnswer.ExpiryOf(version) is { } expiry)
        {
            response.Headers[StateAnswer.ExpiryHeader] = expiry;
        }

        response.ContentType = version.ContentType ?? "application/json";
        response.ContentLength = version.Value!.Length;
        await response.Body.WriteAsync(version.Value, context.RequestAborted);
    }

    private async Task SaveAsync(HttpContext context, SidecarApp app, StateStoreComponent store)
    {
        var body = await RequestBody.ReadAsync(context, limits.MaximumEventBytes);
        List<StateOperation> operations;
        try
        {
            var items = StateOperationReader.Parse<List<StateItem?>>(body);
            StateOperationReader.CheckCount(items.Count);
            operations = [.. items.Select(item => StateOperationReader.Of(store, app.AppId, item, RequestTarget.MetadataOf(context, item?.Metadata), isDeletion: false))];
        }
        catch (FormatException exception)
        {
            await StateAnswer.MalformedAsync(context, exception);
            return;
        }

        await WriteAsync(context, app, store, () => log.WriteEachAsync(operations), DaprErrors.StateSave, $"failed saving state in state store {store.Name}");
    }

    private async Task DeleteAsync(HttpContext context, SidecarApp app, StateStoreComponent store, string key)
    {
        StateOperation operation;
        try
        {
            var query = context.Request.Query;
            var item = new StateItem(key, default, null, context.Request.Headers.IfMatch, null, new StateItemOptions(query["concurrency"], query["consistency"]));
            operation = StateOperationReader.Of(store, app.AppId, item, RequestTarget.MetadataOf(context), isDeletion: true);
        }
        catch (FormatException exception)
        {
            await StateAnswer.MalformedAsync(context, exception);
            return;
        }

        await WriteAsync(context, app, store, () => log.WriteAllAsync([operation]), DaprErrors.StateDelete, $"failed deleting state with key {key}");
    }

    private async Task TransactAsync(HttpContext context, SidecarApp app, StateStoreComponent store)
    {
        var body = await RequestBody.ReadAsync(context, limits.MaximumEventBytes);
        var operations = new List<StateOperation>();
        try
        {
            var transaction = StateOperationReader.Parse<StateTransaction>(body);
            StateOperationReader.CheckCount(transaction.Operations?.Count ?? 0);
            foreach (var step in transaction.Operations ?? [])
            {
                if (step?.Operation is not ("upsert" or "delete"))
                {
                    await DaprErrors.WriteAsync(context, StatusCodes.Status400BadRequest, DaprErrors.StateOperation, $"operation type {step?.Operation} not supported");
                    return;
                }

                var metadata = RequestTarget.MetadataOf(context, (step.Request?.Metadata ?? []).Concat(transaction.Metadata ?? []));
                operations.Add(StateOperationReader.Of(store, app.AppId, step.Request, metadata, isDeletion: step.Operation == "delete"));
            }
        }
        catch (FormatException exception)
        {
            await StateAnswer.MalformedAsync(context, exception);
            return;
        }

        await WriteAsync(context, app, store, () => log.WriteAllAsync(operations), DaprErrors.StateTransaction, "error while executing state transaction");
    }

    // Values are in memory, so that there is nothing for "parallelism" to speed up.
    private async Task GetBulkAsync(HttpContext context, SidecarApp app, StateStoreComponent store)
    {
        var body = await RequestBody.ReadAsync(context, limits.MaximumEventBytes);
        List<(string Name, StateKey Key)> keys;
        try
        {
            var names = StateOperationReader.Parse<StateBulkGet>(body).Keys ?? [];
            StateOperationReader.CheckCount(names.Count);
            keys = [.. names.Select(name => (name!, StateOperationReader.KeyOf(store, app.AppId, name)))];
        }
        catch (FormatException exception)
        {
            await StateAnswer.MalformedAsync(context, exception);
            return;
        }

        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartArray();
        foreach (var (name, key) in keys)
        {
            StateAnswer.WriteItem(json, name, log.Get(key));
            if (json.BytesPending > StateAnswer.FlushBytes)
            {
                await json.FlushAsync(context.RequestAborted);
                await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            }
        }

        json.WriteEndArray();
        await json.FlushAsync(context.RequestAborted);
    }

    private async Task WriteAsync(HttpContext context, SidecarApp app, StateStoreComponent store, Func<Task> write, string errorCode, string failed)
    {
        try
        {
            await app.Resiliency.Outbound(store.Name, "Statestore").RunAsync(async () =>
            {
                await write();
                return true;
            }, static exception => exception is IOException, clock, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (Exception exception) when (StateAnswer.StatusOf(exception) is { } status)
        {
            await DaprErrors.WriteAsync(context, status, errorCode, $"{failed}: {exception.Message}");
        }
    }
}
