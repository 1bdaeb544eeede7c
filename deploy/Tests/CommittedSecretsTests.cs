using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ShopFlow.Export.Tests;

/// <summary>No file that git knows holds the value of a secret.</summary>
public sealed partial class CommittedSecretsTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task No_committed_file_holds_a_secret()
    {
        var files = await CommittedFilesAsync();
        var known = LocalSecrets().ToArray();

        var found = files.AsParallel().SelectMany(file => Secrets(File.ReadAllText(Repository.Path(file), Encoding.Latin1), known).Select(kind => $"{file}: {kind}")).Order();

        Assert.Empty(found);
    }

    [Theory]
    [InlineData("a private key")]
    [InlineData("a private key in base64")]
    [InlineData("a key of AWS")]
    [InlineData("a token of GitHub")]
    [InlineData("a token of ours")]
    [InlineData("a password")]
    [InlineData("a secret of the local run")]
    [InlineData("a secret of the local run in base64")]
    public void One_is_found(string kind)
    {
        const string Local = "hk3Jd82nLq0PzX7v";
        var pem = $"-----BEGIN EC PRIVATE {"KEY"}-----\n{new string('M', 64)}\n";
        var planted = kind switch
        {
            "a private key" => pem,
            "a private key in base64" => Base64(pem),
            "a key of AWS" => "AKIA" + "QWERTYUIOPASDFGH",
            "a token of GitHub" => "ghp_" + new string('a', 36),
            "a token of ours" => $"{Base64("{\"alg\":\"ES256\"}")}.{Base64("{\"sub\":\"1\"}")}.{new string('s', 40)}",
            "a password" => "password" + ": T0pSecret9Value8Of7Ours",
            "a secret of the local run" => Local,
            _ => Base64(Local),
        };

        Assert.Contains(kind, Secrets($"before {planted} after", [Local]));
    }

    private static IEnumerable<string> Secrets(string text, IReadOnlyCollection<string> known)
    {
        if (PrivateKey().IsMatch(text))
            yield return "a private key";
        if (EncodedPem().Matches(text).Any(match => Encoding.Latin1.GetString(Convert.FromBase64String(match.Value[..(match.Length / 4 * 4)])).Contains("PRIVATE KEY")))
            yield return "a private key in base64";
        if (AwsKey().IsMatch(text))
            yield return "a key of AWS";
        if (GitHubToken().IsMatch(text))
            yield return "a token of GitHub";
        if (Token().IsMatch(text))
            yield return "a token of ours";
        if (Password().Matches(text).Any(match => IsRandom(match.Groups[1].Value)))
            yield return "a password";
        if (known.Any(text.Contains))
            yield return "a secret of the local run";
        if (known.Any(value => text.Contains(Base64(value))))
            yield return "a secret of the local run in base64";
    }

    // What ./shopflow up generated on this machine; nothing where it never ran.
    private static IEnumerable<string> LocalSecrets()
    {
        var id = Regex.Match(Repository.Text("ShopFlow.AppHost/ShopFlow.AppHost.csproj"), "<UserSecretsId>([^<]+)<");
        Assert.True(id.Success);
        var path = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".microsoft/usersecrets", id.Groups[1].Value, "secrets.json");
        return !File.Exists(path) ? [] : JsonNode.Parse(File.ReadAllText(path))!.AsObject()
            .Where(secret => secret.Key.StartsWith("Parameters:", StringComparison.Ordinal))
            .Select(secret => $"{secret.Value}")
            .Where(value => value.Length >= 16);
    }

    private static async Task<string[]> CommittedFilesAsync()
    {
        Assert.SkipUnless(Path.Exists(Repository.Path(".git")), "This is no checkout of git.");
        using var limit = new CancellationTokenSource(s_limit);
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Repository.Path("."), "ls-files", "-z"]) { RedirectStandardOutput = true })!;
        var names = await git.StandardOutput.ReadToEndAsync(limit.Token);
        await git.WaitForExitAsync(limit.Token);
        Assert.Equal(0, git.ExitCode);
        return [.. names.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(name => File.Exists(Repository.Path(name)))];
    }

    // Letters of both kinds and digits between them: a name or a placeholder is not.
    private static bool IsRandom(string value) => value.Any(char.IsAsciiLetterUpper) && value.Any(char.IsAsciiLetterLower) && value.Count(char.IsAsciiDigit) >= 3;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.Latin1.GetBytes(text)).TrimEnd('=');

    [GeneratedRegex("-----BEGIN [A-Z ]*PRIVATE KEY-----\\s+[A-Za-z0-9+/=]{40}")]
    private static partial Regex PrivateKey();

    [GeneratedRegex("LS0tLS1CRUdJTi[A-Za-z0-9+/]{60,}")]
    private static partial Regex EncodedPem();

    [GeneratedRegex(@"\b(AKIA|ASIA)[A-Z0-9]{16}\b")]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{40})")]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{30,}")]
    private static partial Regex Token();

    [GeneratedRegex(@"(?i)(?:password|passwd|secret|api_?key|token)[""']?\s*[:=]\s*[""']?([A-Za-z0-9+/]{20,})\b")]
    private static partial Regex Password();
}
