using System.Globalization;
using System.Text;
using SmartCity.Transit.Gtfs.Schema;

namespace SmartCity.Transit.Gtfs.Reading;

/// <summary>
/// The rows of one file, each checked against its schema: header, length, required fields, formats, ranges, keys and references.
/// A row that can't be used is left out; an optional field that can't be used counts as empty.
/// </summary>
internal sealed class GtfsTable
{
    private readonly FileSchema _schema;
    private readonly CsvReader _csv;
    private readonly ReadingContext _context;
    private readonly FieldCheck _check;
    private readonly int[] _places;
    private readonly Cell[] _cells;
    private readonly IdIndex?[] _targets;
    private readonly IdIndex?[] _published;
    private int[] _key;
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);
    private readonly StringBuilder _keyText = new();
    private readonly IdIndex? _ownIds;
    private readonly List<(int Column, string Value, int Line)> _ownReferences = [];
    private int _headerLength;
    private int _rows;

    public GtfsTable(FileSchema schema, CsvReader csv, ReadingContext context)
    {
        (_schema, _csv, _context) = (schema, csv, context);
        _check = new FieldCheck(schema, context);
        _places = new int[schema.Columns.Count];
        _cells = new Cell[schema.Columns.Count];
        _targets = [.. schema.Columns.Select(column => column.Target is { } target ? context.Ids(target) : null)];
        _key = [.. schema.Key.Select(schema.IndexOf)];
        _ownIds = _key.Length == 1 ? context.Ids($"{schema.Name}.{schema.Key[0]}") : null;
        _published = [.. schema.Columns.Select((column, index) => !(_key.Length == 1 && index == _key[0]) && GtfsSchema.Targets.Contains($"{schema.Name}.{column.Name}")
            ? context.Ids($"{schema.Name}.{column.Name}") : null)];
    }

    /// <summary>Rows so far that were usable.</summary>
    public int Count => _rows;

    /// <summary>Of the current row.</summary>
    public int Line => _csv.Line;

    /// <summary>Reads the header; false where the file can't be used.</summary>
    public bool Open()
    {
        var header = TableHeader.Read(_csv, _schema, _context);
        if (header is null)
        {
            return false;
        }

        header.CopyTo(_places, 0);
        _headerLength = _csv.FieldCount;
        if (_context.Columns.Contains("translations.txt.trans_id") && _schema.Name == "translations.txt")
        {
            _key = [Column("trans_id"), Column("lang")];
        }

        return true;
    }

    /// <summary>Place of a column, for the getters.</summary>
    public int Column(string name) => _schema.IndexOf(name) is >= 0 and var index ? index : throw new ArgumentException($"{_schema.Name} has no column {name}.", nameof(name));

    /// <summary>Goes to the next usable row; false at the end.</summary>
    public bool Next()
    {
        while (_csv.Read())
        {
            if (_csv.FieldCount != _headerLength && !IsLengthUsable())
            {
                continue;
            }

            if (_rows >= FeedLimits.RowsOfFile)
            {
                _context.Notices.Add("too_many_rows", _schema.Name, _csv.Line, detail: FeedLimits.RowsOfFile.ToString(CultureInfo.InvariantCulture));
                break;
            }
            else if (!CheckFields())
            {
                _context.Unreadable.Add(_schema.Name);
            }
            else if (CheckKey())
            {
                Publish();
                _rows++;
                return true;
            }
        }

        CheckOwnReferences();
        return false;
    }

    public bool Has(int column) => _cells[column].IsValid;

    /// <summary>Whether something stands there, usable or not.</summary>
    public bool IsGiven(int column) => _cells[column].IsGiven;

    public ReadOnlySpan<char> Span(int column) => _cells[column].IsValid ? _csv.Field(_places[column]).Trim() : default;

    /// <summary>The text, or null where the field is empty.</summary>
    public string? Text(int column) => _cells[column].IsValid ? _context.Texts.Of(Span(column)) : null;

    public int? Int(int column) => _cells[column].IsValid ? (int)_cells[column].Number : null;

    public double? Real(int column) => _cells[column].IsValid ? _cells[column].Number : null;

    public DateOnly? Date(int column) => _cells[column].IsValid ? DateOnly.FromDayNumber((int)_cells[column].Number) : null;

    /// <summary>Index of the row that an id refers to, or -1.</summary>
    public int Reference(int column) => _cells[column].IsValid && _targets[column] is { } target ? target.Find(Span(column)) : -1;

    /// <summary>
    /// Commas that are missing at the end leave the last fields empty, and those too many there hold nothing: such a row is read, with
    /// a notice. Of a row with more fields than columns nobody knows which is which.
    /// </summary>
    private bool IsLengthUsable()
    {
        if (_csv.FieldCount == 1 && _csv.Field(0).Trim().IsEmpty)
        {
            if (!_csv.Field(0).IsEmpty)
            {
                _context.Notices.Add("empty_row", _schema.Name, _csv.Line);
            }

            return false;
        }

        var isUsable = true;
        for (var place = _headerLength; place < _csv.FieldCount; place++)
        {
            isUsable &= _csv.Field(place).Trim().IsEmpty;
        }

        var (fields, columns) = (_csv.FieldCount.ToString(CultureInfo.InvariantCulture), _headerLength.ToString(CultureInfo.InvariantCulture));
        if (isUsable)
        {
            _context.Notices.AddHarmless("invalid_row_length", _schema.Name, _csv.Line, value: fields, detail: columns);
        }
        else
        {
            _context.Unreadable.Add(_schema.Name);
            _context.Fault("invalid_row_length", _schema.Name, _csv.Line, value: fields, detail: columns);
        }

        return isUsable;
    }

    private bool CheckFields()
    {
        var isUsable = true;
        for (var index = 0; index < _places.Length; index++)
        {
            var column = _schema.Columns[index];
            ref var cell = ref _cells[index];
            cell = default;
            if (_places[index] < 0)
            {
                continue;
            }

            var field = _places[index] < _csv.FieldCount ? _csv.Field(_places[index]) : default;
            cell.IsGiven = !field.IsEmpty;
            if (field.IsEmpty)
            {
                isUsable &= _check.Empty(column, _csv.Line);
                continue;
            }

            cell.IsValid = _check.TryRead(column, field, _csv.Line, out cell.Number);
            if (cell.IsValid && _targets[index] is { } target && column.Target is { } name)
            {
                cell.IsValid = CheckReference(index, column, name, target);
            }

            isUsable &= cell.IsValid || column.Presence != ColumnPresence.Required || IsSoft(column.Type);
        }

        return isUsable;
    }

    /// <summary>Without these a row still says what it must: a malformed URL takes nobody's bus away.</summary>
    private static bool IsSoft(ColumnType type) => type is ColumnType.Url or ColumnType.Email or ColumnType.Phone or ColumnType.Color or ColumnType.Language or ColumnType.Currency;

    private bool CheckReference(int index, ColumnSchema column, string name, IdIndex target)
    {
        var file = name[..name.LastIndexOf('.')];
        var id = _csv.Field(_places[index]).Trim();
        if (file == _schema.Name)
        {
            _ownReferences.Add((index, _context.Texts.Of(id), _csv.Line));
            return true;
        }

        if (target.Find(id) >= 0)
        {
            return true;
        }

        // Where rows of the other file were left out, that is the fault, and this follows from it.
        if (!_context.Unreadable.Contains(file))
        {
            _context.Fault("foreign_key_violation", _schema.Name, _csv.Line, column.Name, id, file);
        }

        return false;
    }

    private bool CheckKey()
    {
        if (_ownIds is not null)
        {
            if (!_cells[_key[0]].IsValid)
            {
                // An empty key is one as well where the standard lets it be empty: of an only agency, say.
                return _ownIds.TryAdd("") || _schema.Key[0] == "attribution_id" || Duplicate("");
            }

            var id = Span(_key[0]);
            return _ownIds.TryAdd(id) || Duplicate(id);
        }

        if (_key.Length == 0)
        {
            return true;
        }

        _keyText.Clear();
        foreach (var column in _key)
        {
            _keyText.Append(Span(column)).Append('\u001f');
        }

        return _keys.Add(_keyText.ToString()) || Duplicate(_keyText.ToString().Replace('\u001f', ' ').Trim());
    }

    private bool Duplicate(ReadOnlySpan<char> value)
    {
        _context.Fault("duplicate_key", _schema.Name, _csv.Line, string.Join(", ", _key.Select(column => _schema.Columns[column].Name)), value);
        return false;
    }

    private void Publish()
    {
        for (var index = 0; index < _published.Length; index++)
        {
            if (_published[index] is { } ids && _cells[index].IsValid)
            {
                ids.TryAdd(Span(index));
            }
        }
    }

    private void CheckOwnReferences()
    {
        foreach (var (column, value, line) in _ownReferences)
        {
            if (_targets[column]!.Find(value) < 0 && !_context.Unreadable.Contains(_schema.Name))
            {
                _context.Fault("foreign_key_violation", _schema.Name, line, _schema.Columns[column].Name, value, _schema.Name);
            }
        }
    }

    private struct Cell
    {
        public bool IsGiven;
        public bool IsValid;
        public double Number;
    }
}
