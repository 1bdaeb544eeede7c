using System.Diagnostics;
using Microsoft.Extensions.Hosting;
using Construction = System.ValueTuple<
    Aspire.Hosting.DistributedApplicationOptions, Microsoft.Extensions.Hosting.HostApplicationBuilderSettings>;

namespace Aspire.Hosting.Testing;

/// <summary>Hears what builders tell while they work, but only those in the given flow of execution.</summary>
internal sealed class BuilderEvents : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private static readonly AsyncLocal<BuilderEvents?> Current = new();

    private readonly IDisposable _subscription;

    public BuilderEvents() => _subscription = DiagnosticListener.AllListeners.Subscribe(this);

    public Action<DistributedApplicationOptions, HostApplicationBuilderSettings>? Constructing { get; init; }

    public Action<DistributedApplicationBuilder>? Building { get; init; }

    public Action<DistributedApplication>? Built { get; init; }

    /// <summary>Begins to listen to builders that are made from here on in this flow.</summary>
    public void Listen() => Current.Value = this;

    public void Dispose()
    {
        _subscription.Dispose();
        if (Current.Value == this)
        {
            Current.Value = null;
        }
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener listener)
    {
        if (Current.Value == this && listener.Name == "Aspire.Hosting")
        {
            listener.Subscribe(this);
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> told)
    {
        if (Current.Value != this)
        {
            return;
        }

        switch (told)
        {
            case { Key: "DistributedApplicationBuilderConstructing", Value: Construction made }:
                Constructing?.Invoke(made.Item1, made.Item2);
                break;
            case { Key: "DistributedApplicationBuilding", Value: DistributedApplicationBuilder builder }:
                Building?.Invoke(builder);
                break;
            case { Key: "DistributedApplicationBuilt", Value: DistributedApplication application }:
                Built?.Invoke(application);
                break;
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }
}
