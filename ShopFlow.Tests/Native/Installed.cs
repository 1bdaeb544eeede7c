namespace ShopFlow.Tests.Native;

/// <summary>Skips a test where the server that it is about is not installed.</summary>
internal static class Installed
{
    public static void PostgreSQL() => Require("PostgreSQL", Exists("postgres") || Directory.Exists("/usr/lib/postgresql"));

    public static void RabbitMQ() => Require("RabbitMQ", Exists("rabbitmq-server"));

    public static void Redis() => Require("Redis", Exists("redis-server"));

    private static void Require(string what, bool isInstalled) =>
        Assert.SkipUnless(isInstalled, $"{what} is not installed here; ./shopflow setup installs it.");

    private static bool Exists(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, program)));
}
