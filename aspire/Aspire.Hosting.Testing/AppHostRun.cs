using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>
/// Runs an AppHost's own entry point on a thread of its own. It halts before the application is built, until the test
/// says go; from there the entry point builds, starts and stops the application itself, as it does without a test.
/// </summary>
internal sealed class AppHostRun : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly MethodInfo _entryPoint;
    private readonly string[] _args;
    private readonly BuilderEvents _events;
    private readonly SemaphoreSlim _go = new(0);
    private readonly TaskCompletionSource<DistributedApplicationBuilder> _builder = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DistributedApplication> _application = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;

    public AppHostRun(
        Assembly appHost, string[] args, Action<DistributedApplicationOptions, HostApplicationBuilderSettings> configureBuilder)
    {
        _entryPoint = appHost.EntryPoint ?? throw new InvalidOperationException(
            $"The assembly {appHost.GetName().Name} has no entry point.");
        _args = args;
        _events = new BuilderEvents
        {
            Constructing = (options, settings) => TestingDefaults.Apply(options, settings, appHost, args, configureBuilder),
            Building = HaltBeforeBuilding,
            Built = application => _application.TrySetResult(application),
        };

        new Thread(Invoke) { IsBackground = true, Name = $"{appHost.GetName().Name} entry point" }.Start();
    }

    /// <exception cref="Exception">What the entry point has thrown.</exception>
    public Task<DistributedApplicationBuilder> WaitForBuilderAsync(CancellationToken cancellationToken) =>
        _builder.Task.WaitAsync(cancellationToken);

    /// <summary>Lets the entry point go on, which builds the application and goes straight on to start it.</summary>
    public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken)
    {
        _go.Release();
        return _application.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Waits until everything has started.</summary>
    /// <exception cref="Exception">What made the start fail.</exception>
    public async Task WaitUntilStartedAsync(CancellationToken cancellationToken)
    {
        var application = await _application.Task.WaitAsync(cancellationToken);
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var lifetime = application.Services.GetRequiredService<IHostApplicationLifetime>();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);

        await (await Task.WhenAny(started.Task, _ended.Task).WaitAsync(cancellationToken));
        if (!started.Task.IsCompleted)
        {
            throw new InvalidOperationException("The AppHost has ended without running the application.");
        }
    }

    public Task WaitUntilEndedAsync(CancellationToken cancellationToken) => _ended.Task.WaitAsync(cancellationToken);

    /// <summary>Stops the application and waits until the entry point has ended, which has stopped every process by then.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        _builder.TrySetCanceled();
        _go.Release();
        if (await HasBuiltAsync())
        {
            RequestStop(await _application.Task);
        }

        await _ended.Task.WaitAsync(StopLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _events.Dispose();
    }

    private async Task<bool> HasBuiltAsync()
    {
        Task builtOrEnded = Task.WhenAny(_application.Task, _ended.Task);
        await builtOrEnded.WaitAsync(StopLimit).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return _application.Task.IsCompletedSuccessfully;
    }

    private static void RequestStop(DistributedApplication application)
    {
        try
        {
            application.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        }
        catch (ObjectDisposedException)
        {
            // The entry point has ended by itself.
        }
    }

    private void HaltBeforeBuilding(DistributedApplicationBuilder builder)
    {
        _builder.TrySetResult(builder);
        _go.Wait();
    }

    private void Invoke()
    {
        try
        {
            _events.Listen();
            object[] parameters = _entryPoint.GetParameters().Length == 0 ? [] : [_args];
            _entryPoint.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, parameters, culture: null);
            Fail(new InvalidOperationException("The entry point has ended without building an application."));
            _ended.TrySetResult();
        }
        catch (Exception e)
        {
            Fail(e);
            _ended.TrySetException(e);
        }
    }

    private void Fail(Exception reason)
    {
        _builder.TrySetException(reason);
        _application.TrySetException(reason);
    }
}
