namespace ShopFlow.Export;

/// <summary>Collects what is wrong, so that one run tells all of it.</summary>
internal sealed class ProblemList
{
    private readonly List<ExportProblem> _problems = [];

    public IReadOnlyList<ExportProblem> Problems => _problems;

    public void Add(string source, string field, string message)
    {
        var problem = new ExportProblem(source, field, message);
        if (!_problems.Contains(problem))
            _problems.Add(problem);
    }

    /// <exception cref="ExportException">There is a problem.</exception>
    public void ThrowIfAny()
    {
        if (_problems.Count > 0)
            throw new ExportException([.. _problems]);
    }
}
