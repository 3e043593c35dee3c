using System.Buffers;
using System.Text;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>
/// Splits CSV as GTFS has it (RFC 4180, UTF-8 with or without a byte order mark, any line ending), one row in memory at a time.
/// Written by hand, because notices name lines, the file is far larger than its rows, and hardly any field becomes a string.
/// Bytes that are no UTF-8 come as U+FFFD.
/// </summary>
internal sealed class CsvReader(Stream stream) : IDisposable
{
    private const int BufferSize = 32 * 1024;
    private static readonly SearchValues<char> EndsOfField = SearchValues.Create(",\r\n");

    private readonly StreamReader _reader = new(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: false, BufferSize);
    private readonly char[] _buffer = new char[BufferSize];
    private int _position;
    private int _length;
    private char[] _row = new char[1024];
    private int _rowLength;
    private int[] _ends = new int[32];
    private int _nextLine = 1;

    /// <summary>Where the current row begins, from 1.</summary>
    public int Line { get; private set; }

    public int FieldCount { get; private set; }

    /// <summary>A field of the current row, without its quotes.</summary>
    public ReadOnlySpan<char> Field(int index)
    {
        var start = index == 0 ? 0 : _ends[index - 1];
        return _row.AsSpan(start, _ends[index] - start);
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    /// <exception cref="CsvRowTooLongException">A quote is not closed, or this is no CSV.</exception>
    public bool Read()
    {
        FieldCount = 0;
        _rowLength = 0;
        Line = _nextLine;
        if (Peek() < 0)
        {
            return false;
        }

        while (true)
        {
            if (Peek() == '"')
            {
                ReadQuoted();
            }

            ReadPlain();
            EndField();
            var next = Peek();
            if (next < 0)
            {
                return true;
            }

            _position++;
            if (next != ',')
            {
                EndLine((char)next);
                return true;
            }
        }
    }

    public void Dispose() => _reader.Dispose();

    private int Peek()
    {
        if (_position == _length)
        {
            _length = _reader.Read(_buffer, 0, _buffer.Length);
            _position = 0;
            if (_length <= 0)
            {
                _length = 0;
                return -1;
            }

            if (_nextLine == 1 && Line == 1 && FieldCount == 0 && _rowLength == 0 && _buffer[0] == '\uFEFF')
            {
                _position = 1;
                return Peek();
            }
        }

        return _buffer[_position];
    }

    private void ReadPlain()
    {
        while (Peek() >= 0)
        {
            var rest = _buffer.AsSpan(_position, _length - _position);
            var end = rest.IndexOfAny(EndsOfField);
            Append(end < 0 ? rest : rest[..end]);
            _position += end < 0 ? rest.Length : end;
            if (end >= 0)
            {
                return;
            }
        }
    }

    private void ReadQuoted()
    {
        _position++;
        while (Peek() >= 0)
        {
            var rest = _buffer.AsSpan(_position, _length - _position);
            var end = rest.IndexOf('"');
            var text = end < 0 ? rest : rest[..end];
            _nextLine += text.Count('\n');
            Append(text);
            _position += text.Length;
            if (end < 0)
            {
                continue;
            }

            _position++;
            if (Peek() != '"')
            {
                return;
            }

            Append("\"");
            _position++;
        }
    }

    private void EndLine(char end)
    {
        if (end == '\r' && Peek() == '\n')
        {
            _position++;
        }

        _nextLine++;
    }

    private void EndField()
    {
        if (FieldCount == _ends.Length)
        {
            Array.Resize(ref _ends, FieldCount * 2);
        }

        _ends[FieldCount++] = _rowLength;
    }

    private void Append(ReadOnlySpan<char> text)
    {
        if (_rowLength + text.Length > FeedLimits.CharactersOfRow)
        {
            throw new CsvRowTooLongException(Line);
        }

        if (_rowLength + text.Length > _row.Length)
        {
            Array.Resize(ref _row, Math.Max(_row.Length * 2, _rowLength + text.Length));
        }

        text.CopyTo(_row.AsSpan(_rowLength));
        _rowLength += text.Length;
    }
}

/// <summary>A row has more characters than any real one.</summary>
/// <param name="line">Where it begins.</param>
internal sealed class CsvRowTooLongException(int line) : IOException("A row is too long.")
{
    public int Line => line;
}
