namespace ShopFlow.Export;

/// <summary>One thing that is wrong with what is exported.</summary>
/// <param name="Source">A resource of the model, or a file of settings with its line.</param>
/// <param name="Field">Where in it, as a path with dots.</param>
/// <param name="Message">What is wrong, and the remedy where it is not plain.</param>
public sealed record ExportProblem(string Source, string Field, string Message)
{
    public override string ToString() => $"{Source}: {Field}: {Message}";
}
