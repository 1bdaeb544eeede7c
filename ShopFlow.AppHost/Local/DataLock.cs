namespace ShopFlow.AppHost.Local;

/// <summary>Holds <c>lock</c> in the data directory for as long as the process lives: two AppHosts on the same data would damage it.
/// The operating system lets go of it even after a kill -9.</summary>
internal sealed class DataLock : IDisposable
{
    private readonly FileStream _file;

    private DataLock(FileStream file) => _file = file;

    /// <exception cref="DistributedApplicationException">Another AppHost holds it; the message tells its process and address.</exception>
    public static DataLock Acquire(string dataDirectory, RunFiles otherRun)
    {
        Directory.CreateDirectory(dataDirectory);
        var path = Path.Combine(dataDirectory, "lock");
        try
        {
            return new DataLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            var other = otherRun.Read();
            var who = other is null ? "by a process that is starting or stopping" : $"by process {other.Pid}, dashboard {other.Dashboard ?? "off"}";
            throw new DistributedApplicationException(
                $"ShopFlow already runs with the data in {dataDirectory}, {who}. Stop it with ./shopflow down.");
        }
    }

    public void Dispose() => _file.Dispose();
}
