namespace ShopFlow.Tests.OpenApi;

/// <param name="Operation">Method and path of the document.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Path">With its query.</param>
/// <param name="Body">Null for none.</param>
/// <param name="ContentType">Of the body.</param>
/// <param name="Field">The one that a 400 has to name; null where the whole request is wrong, or the field may be looked at later than another one.</param>
internal sealed record BadRequest(string Operation, string What, string Path, string? Body, string ContentType, string? Field)
{
    public HttpMethod Method => new(Operation.Split(' ')[0]);

    public override string ToString() => $"{Operation}: {What}";
}
