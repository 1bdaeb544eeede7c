using System.Threading.Channels;

namespace ShopFlow.Auth.Passwords.Reset;

/// <summary>
/// Addresses that somebody wants a new password for. Whoever asks is answered before anybody looks whether an account has the
/// address, so that the time of the answer does not tell either.
/// </summary>
internal sealed class PasswordResetQueue
{
    private const int Capacity = 1000;

    private readonly Channel<string> _addresses = Channel.CreateBounded<string>(new BoundedChannelOptions(Capacity) { SingleReader = true });

    /// <summary>False when too many wait.</summary>
    public bool TryAdd(string email) => _addresses.Writer.TryWrite(email);

    public IAsyncEnumerable<string> ReadAllAsync(CancellationToken cancellationToken) => _addresses.Reader.ReadAllAsync(cancellationToken);
}
