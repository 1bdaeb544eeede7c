namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value that is set later and may be set again; readers wait for the first one and then see the latest.</summary>
public sealed class ValueSnapshot<T> where T : notnull
{
    private readonly Lock _changing = new();
    private readonly TaskCompletionSource<T> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<T>? _latest;

    public bool IsValueSet => _first.Task.IsCompleted;

    public Task<T> GetValueAsync(CancellationToken cancellationToken = default)
    {
        lock (_changing)
        {
            return _latest ?? _first.Task.WaitAsync(cancellationToken);
        }
    }

    public void SetValue(T value)
    {
        lock (_changing)
        {
            if (!_first.TrySetResult(value))
            {
                _latest = Task.FromResult(value);
            }
        }
    }

    public void SetException(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);

        lock (_changing)
        {
            if (!_first.TrySetException(exception))
            {
                _latest = Task.FromException<T>(exception);
            }
        }
    }
}
