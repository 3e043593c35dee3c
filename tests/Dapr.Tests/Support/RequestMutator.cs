using System.Text;

namespace SmartCity.Dapr.Tests.Support;

/// <summary>Makes requests that are wrong in ways that follow from a seed.</summary>
internal sealed class RequestMutator(int seed)
{
    private static readonly string[] Seeds =
    [
        Request("POST", "/v1.0/publish/pubsub/fuzz?metadata.ttlInSeconds=60", """{"n":1}"""),
        Request("POST", "/v1.0/publish/pubsub/fuzz", """{"specversion":"1.0","id":"1","source":"s","type":"t","data":{"a":[1,2]}}""", "application/cloudevents+json"),
        Request("POST", "/v1.0/publish/pubsub/fuzz?metadata.rawPayload=true", "raw", "application/octet-stream"),
        Request("POST", "/v1.0/publish/bulk/pubsub/fuzz", """[{"entryId":"1","event":{"a":1},"contentType":"application/json","metadata":{"ttlInSeconds":"9"}}]"""),
        Request("POST", "/v1.0/state/statestore", """[{"key":"k","value":{"a":1},"etag":"1","metadata":{"ttlInSeconds":"5"},"options":{"concurrency":"first-write","consistency":"strong"}}]"""),
        Request("POST", "/v1.0/state/statestore/bulk", """{"keys":["k","l"],"parallelism":3}"""),
        Request("PUT", "/v1.0/state/statestore/transaction", """{"operations":[{"operation":"upsert","request":{"key":"k","value":2}},{"operation":"delete","request":{"key":"l"}}],"metadata":{}}"""),
        Request("GET", "/v1.0/state/statestore/k%2Fl?consistency=strong", ""),
        Request("DELETE", "/v1.0/state/statestore/k?concurrency=first-write", "", more: "If-Match: \"1\"\r\n"),
        Request("GET", "/v1.0/secrets/none/name", ""),
        Request("GET", "/v1.0/metadata", ""),
        Request("POST", "/v1.0/invoke/app/method/echo/a?x=1", "hello", "text/plain"),
        Request("PATCH", "/echo", "hello", "text/plain", "dapr-app-id: app\r\n"),
        "POST /v1.0/publish/pubsub/fuzz HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n3\r\n{\"a\r\n4;x=y\r\n\":1}\r\n0\r\nTrailer: x\r\n\r\n",
    ];

    private static readonly string[] Pieces =
    [
        "\r\n", "\0", "%00", "%2F..%2F", "../../", "%", "%ff%fe", "||", "\"", "{", "[[[[[[[[", "}", "\\ud800", "\u00ff", " ", ":", "0x", "-1", "99999999999999999999", "1e999",
        "Content-Length: 5\r\n", "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n", "Expect: 100-continue\r\n", "Connection: Upgrade\r\n",
        "dapr-app-id: nobody\r\n", "traceparent: 00-zz\r\n", "HTTP/0.9", "HTTP/2.0", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "ffffffffffffffff\r\n", "null", "true", "?metadata.ttlInSeconds=x", "http://[::1",
    ];

    private readonly Random _random = new(seed);

    public byte[] Next()
    {
        var bytes = Encoding.Latin1.GetBytes(Seeds[_random.Next(Seeds.Length)]).ToList();
        for (var count = _random.Next(5); count > 0; count--)
        {
            Mutate(bytes);
        }

        return [.. bytes];
    }

    private void Mutate(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count + 1);
        var length = Math.Min(_random.Next(1, 40), bytes.Count - at);
        switch (_random.Next(7))
        {
            case 0 when length > 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 4:
                bytes.InsertRange(at, Enumerable.Repeat((byte)_random.Next(256), _random.Next(20) == 0 ? 40_000 : 20));
                break;
            default:
                bytes.InsertRange(at, Encoding.Latin1.GetBytes(Pieces[_random.Next(Pieces.Length)]));
                break;
        }
    }

    private static string Request(string method, string target, string body, string contentType = "application/json", string more = "")
        => $"{method} {target} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {contentType}\r\n{more}Content-Length: {body.Length}\r\n\r\n{body}";
}
