namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is known at run time, perhaps only after others were started: waiting for it is part of reading it.</summary>
public interface IValueProvider
{
    ValueTask<string?> GetValueAsync(CancellationToken cancellationToken = default);

    ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken = default) =>
        GetValueAsync(cancellationToken);
}
