namespace Aspire.StandIn.Tests.Model;

public sealed class CommandTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_run_by_its_name()
    {
        var result = await RunAsync("greet", context => Task.FromResult(CommandResults.Success($"Hello {context.ResourceName}")));

        Assert.Equal((true, "Hello source"), (result.Success, result.Message));
    }

    [Fact]
    public async Task A_command_that_throws_has_failed_with_that_message()
    {
        var result = await RunAsync("greet", _ => throw new InvalidOperationException("No voice"));

        Assert.Equal((false, "No voice"), (result.Success, result.Message));
    }

    [Fact]
    public async Task A_command_that_is_not_there_has_failed()
    {
        Assert.False((await RunAsync("sing", _ => Task.FromResult(CommandResults.Success()))).Success);
    }

    private static async Task<ExecuteCommandResult> RunAsync(string name, Func<ExecuteCommandContext, Task<ExecuteCommandResult>> greet)
    {
        var builder = TestModel.ToRun();
        var source = builder.AddContainer("source", "image").WithCommand("greet", "Greet", greet);

        await using var app = builder.Build();
        await app.ResourceNotifications.PublishUpdateAsync(
            source.Resource,
            snapshot => snapshot with { State = KnownResourceStates.Running });
        return await app.ResourceCommands.ExecuteCommandAsync("source", name, Cancelled);
    }
}
