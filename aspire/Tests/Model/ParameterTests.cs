using System.Text.Json;
using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.StandIn.Tests.Model;

public sealed class ParameterTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_parameter_is_read_from_the_configuration()
    {
        var builder = TestModel.ToRun("--Parameters:token-key=abc", "--ConnectionStrings:legacy=Server=x");

        Assert.Equal("abc", await builder.AddParameter("token-key", secret: true).Resource.GetValueAsync(Cancelled));
        Assert.Equal("Server=x", await builder.AddConnectionString("legacy").Resource.GetConnectionStringAsync(Cancelled));
        Assert.Equal("abc", await builder.AddParameterFromConfiguration("other", "Parameters:token-key").Resource.GetValueAsync(Cancelled));
    }

    [Fact]
    public async Task A_parameter_without_a_value_names_the_configuration_key_that_is_missing()
    {
        var parameter = TestModel.ToRun().AddParameter("token-key").Resource;

        var exception = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await parameter.GetValueAsync(Cancelled));
        Assert.Contains("'Parameters:token-key'", exception.Message);
    }

    [Fact]
    public async Task The_configuration_wins_over_a_default_and_a_default_over_nothing()
    {
        var builder = TestModel.ToRun("--Parameters:a=configured");

        Assert.Equal("configured", await builder.AddParameter("a", new GenerateParameterDefault()).Resource.GetValueAsync(Cancelled));
        Assert.Equal(22, (await builder.AddParameter("b", new GenerateParameterDefault()).Resource.GetValueAsync(Cancelled))!.Length);
        Assert.Equal("constant", await builder.AddParameter("c", "constant").Resource.GetValueAsync(Cancelled));
    }

    [Fact]
    public async Task A_generated_value_is_made_once()
    {
        var parameter = TestModel.ToRun().AddParameter("a", new GenerateParameterDefault()).Resource;

        Assert.Equal(await parameter.GetValueAsync(Cancelled), await parameter.GetValueAsync(Cancelled));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_generated_value_keeps_to_its_alphabet(bool special)
    {
        var values = Enumerable.Range(0, 200)
            .Select(_ => new GenerateParameterDefault { MinLength = 30, Special = special, MinUpper = 3, MinNumeric = 2 }.GetDefaultValue())
                .ToList();

        Assert.All(
            values,
            value => Assert.True(value.Length == 30 && value.Count(char.IsAsciiLetterUpper) >= 3 && value.Count(char.IsAsciiDigit) >= 2));
        Assert.Equal(special, values.Any(value => value.Any(character => !char.IsAsciiLetterOrDigit(character))));
        Assert.Equal(values.Count, values.Distinct().Count());
    }

    [Fact]
    public async Task A_generated_value_that_is_to_be_kept_is_written_to_user_secrets()
    {
        var name = $"kept-{Guid.NewGuid():N}";
        var value = await TestModel.ToRun().AddParameter(name, new GenerateParameterDefault(), secret: true, persist: true)
            .Resource.GetValueAsync(Cancelled);

        var path = PathHelper.GetSecretsPathFromSecretsId("aspire-stand-in-tests");
        using var secrets = JsonDocument.Parse(await File.ReadAllTextAsync(path, Cancelled));

        Assert.Equal(value, secrets.RootElement.GetProperty($"Parameters:{name}").GetString());
    }

    [Fact]
    public void A_secret_is_never_published_as_a_default()
    {
        Assert.Throws<ArgumentException>(() => TestModel.ToRun().AddParameter("a", "b", publishValueAsDefault: true, secret: true));
    }
}
