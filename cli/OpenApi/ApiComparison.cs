using System.Text.Json.Nodes;

namespace ShopFlow.Cli.OpenApi;

/// <summary>
/// Compares two OpenAPI documents as a client does that was written for the first: what it sends must still be taken, and what it reads must
/// still come.
/// </summary>
internal sealed class ApiComparison
{
    private readonly ApiDocument _before;
    private readonly ApiDocument _after;
    private readonly List<ApiChange> _changes = [];
    private readonly Stack<JsonObject> _open = [];

    private ApiComparison(JsonObject before, JsonObject after) => (_before, _after) = (new(before), new(after));

    public static IReadOnlyList<ApiChange> Compare(JsonObject before, JsonObject after)
    {
        var comparison = new ApiComparison(before, after);
        comparison.CompareOperations();
        return comparison._changes;
    }

    private void CompareOperations()
    {
        var (before, after) = (_before.Operations(), _after.Operations());
        foreach (var name in before.Keys.Except(after.Keys))
            Break($"{name} is gone");
        foreach (var name in after.Keys.Except(before.Keys))
            Add($"{name} is new");
        foreach (var name in before.Keys.Intersect(after.Keys))
        {
            CompareParameters(name, ApiDocument.ParametersOf(before[name]), ApiDocument.ParametersOf(after[name]));
            CompareBodies(name, before[name]["requestBody"]?.AsObject(), after[name]["requestBody"]?.AsObject());
            CompareResponses(name, before[name], after[name]);
            if (ApiDocument.IsOpen(before[name]) && !ApiDocument.IsOpen(after[name]))
                Break($"{name} needs a token");
        }
    }

    private void CompareParameters(string name, Dictionary<string, JsonObject> before, Dictionary<string, JsonObject> after)
    {
        foreach (var gone in before.Keys.Except(after.Keys))
            Break($"{name}: the parameter {gone} is gone");
        foreach (var added in after.Keys.Except(before.Keys))
            Note(ApiDocument.IsRequired(after[added]), $"{name}: the parameter {added} is new{(ApiDocument.IsRequired(after[added]) ? " and required" : "")}");
        foreach (var same in before.Keys.Intersect(after.Keys))
        {
            if (!ApiDocument.IsRequired(before[same]) && ApiDocument.IsRequired(after[same]))
                Break($"{name}: the parameter {same} is required");
            CompareSchemas($"{name}: the parameter {same}", before[same]["schema"], after[same]["schema"], isSent: true);
        }
    }

    private void CompareBodies(string name, JsonObject? before, JsonObject? after)
    {
        if (after is null)
        {
            if (before is not null)
                Break($"{name} takes no body");
            return;
        }

        if (!ApiDocument.IsRequired(before) && ApiDocument.IsRequired(after))
            Break($"{name} needs a body");
        foreach (var (type, schema) in ApiDocument.ContentOf(before))
        {
            if (ApiDocument.ContentOf(after).TryGetValue(type, out var now))
                CompareSchemas($"{name} request", schema, now, isSent: true);
            else
                Break($"{name} does not take {type}");
        }
    }

    private void CompareResponses(string name, JsonObject before, JsonObject after)
    {
        var (were, are) = (_before.AnswersOf(before), _after.AnswersOf(after));
        foreach (var status in were.Keys.Where(ApiDocument.IsSuccess).Except(are.Keys))
            Break($"{name} never answers {status}");
        foreach (var status in are.Keys.Except(were.Keys))
            Add($"{name} may answer {status}");
        foreach (var status in were.Keys.Intersect(are.Keys))
        {
            foreach (var (type, schema) in ApiDocument.ContentOf(were[status]))
            {
                if (ApiDocument.ContentOf(are[status]).TryGetValue(type, out var now))
                    CompareSchemas($"{name} {status}", schema, now, isSent: false);
                else
                    Break($"{name} {status} is not {type} any more");
            }
        }
    }

    /// <param name="where">For the message.</param>
    /// <param name="before">The schema that the client knows.</param>
    /// <param name="after">The one that holds.</param>
    /// <param name="isSent">True for what the client sends, false for what it reads.</param>
    private void CompareSchemas(string where, JsonNode? before, JsonNode? after, bool isSent)
    {
        // A schema may contain itself.
        var (was, now) = (_before.Resolve(before), _after.Resolve(after));
        if (was is null || now is null || _open.Contains(was))
            return;

        _open.Push(was);

        var (types, typesNow) = (ApiDocument.TypesOf(was), ApiDocument.TypesOf(now));
        var (promised, kept) = isSent ? (types, typesNow) : (typesNow, types);
        if (promised.Except(kept) is var lost && lost.Any())
            Break($"{where}: {string.Join(", ", lost)} {(isSent ? "is not taken" : "may come")}");

        CompareValues(where, was, now, isSent);
        CompareProperties(where, was, now, isSent);
        CompareSchemas($"{where}[]", was["items"], now["items"], isSent);
        _open.Pop();
    }

    private void CompareValues(string where, JsonObject before, JsonObject after, bool isSent)
    {
        var (were, are) = (ApiDocument.ValuesOf(before), ApiDocument.ValuesOf(after));
        foreach (var gone in were.Except(are))
            Note(isSent, $"{where}: the value {gone} is gone");
        foreach (var added in are.Except(were))
            Add($"{where}: the value {added} is new");
    }

    private void CompareProperties(string where, JsonObject before, JsonObject after, bool isSent)
    {
        var (were, are) = (ApiDocument.PropertiesOf(before), ApiDocument.PropertiesOf(after));
        var (needed, neededNow) = (ApiDocument.RequiredOf(before), ApiDocument.RequiredOf(after));
        foreach (var gone in were.Keys.Except(are.Keys))
            Break($"{where}.{gone} is gone");
        foreach (var added in are.Keys.Except(were.Keys))
            Note(isSent && neededNow.Contains(added), $"{where}.{added} is new{(neededNow.Contains(added) ? " and required" : "")}");
        foreach (var same in were.Keys.Intersect(are.Keys))
        {
            if (isSent && !needed.Contains(same) && neededNow.Contains(same))
                Break($"{where}.{same} is required");
            if (!isSent && needed.Contains(same) && !neededNow.Contains(same))
                Break($"{where}.{same} may be left out");
            CompareSchemas($"{where}.{same}", were[same], are[same], isSent);
        }
    }

    private void Break(string what) => _changes.Add(new(true, what));

    private void Add(string what) => _changes.Add(new(false, what));

    private void Note(bool isBreaking, string what) => _changes.Add(new(isBreaking, what));
}
