namespace ShopFlow.Export;

/// <summary>Nothing can be exported; <see cref="Problems"/> has every reason, not only the first.</summary>
public sealed class ExportException(IReadOnlyList<ExportProblem> problems) : Exception(string.Join('\n', problems))
{
    public IReadOnlyList<ExportProblem> Problems => problems;
}
