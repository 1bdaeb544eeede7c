namespace ShopFlow.Export.Tests;

/// <summary>
/// All that is written for a little model, so that a change of the exporter is seen whole and small. After an intended change:
/// <c>SHOPFLOW_UPDATE_SNAPSHOTS=1 ./shopflow test --filter SnapshotTests</c>, and look at the difference.
/// </summary>
public sealed class SnapshotTests
{
    [Fact]
    public void A_small_model_gives_the_files_that_are_committed()
    {
        var exported = Exporter.Export(SmallModel.Input);
        if (Environment.GetEnvironmentVariable("SHOPFLOW_UPDATE_SNAPSHOTS") == "1")
            Update(exported);

        var difference = FileDifference.Between(Files.Read(SmallModel.Expected), exported).Take(40).ToArray();

        Assert.True(
            difference.Length == 0,
            $"deploy/Tests/Small/expected is not what is exported. If that is intended: SHOPFLOW_UPDATE_SNAPSHOTS=1 ./shopflow test --filter SnapshotTests\n{string.Join('\n', difference)}");
    }

    private static void Update(IReadOnlyDictionary<string, string> exported)
    {
        if (Directory.Exists(SmallModel.Expected))
            Directory.Delete(SmallModel.Expected, recursive: true);
        Files.Write(SmallModel.Expected, exported);
    }
}
