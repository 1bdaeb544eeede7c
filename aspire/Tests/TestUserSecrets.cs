using System.Runtime.CompilerServices;

namespace Aspire.StandIn.Tests;

/// <summary>Gives the tests a user secrets folder of their own, so that none of theirs lands in the developer's.</summary>
internal static class TestUserSecrets
{
    [ModuleInitializer]
    internal static void UseOwnFolder() =>
        Environment.SetEnvironmentVariable("APPDATA", Directory.CreateTempSubdirectory("aspire-tests-").FullName);
}
