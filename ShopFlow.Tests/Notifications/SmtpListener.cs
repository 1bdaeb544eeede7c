using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ShopFlow.Tests.Notifications;

/// <summary>A mail server for tests: as much of RFC 5321 as a client needs, and answers as a test wants them.</summary>
internal sealed class SmtpListener : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public SmtpListener()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public ConcurrentQueue<string> Mails { get; } = new();

    public int Connections { get; private set; }

    /// <summary>What recipients are answered, once each; 250 when there is nothing here.</summary>
    public ConcurrentDictionary<string, string> RecipientAnswers { get; } = new();

    /// <summary>What is answered to an e-mail for a recipient when all of it is there, once each; 250 when there is nothing here.</summary>
    public ConcurrentDictionary<string, string> MailAnswers { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var conversations = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                conversations.Add(ConverseAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(conversations);
        }
    }

    private async Task ConverseAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
                await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
                await writer.WriteLineAsync("220 test".AsMemory(), _stop.Token);
                var recipient = "";
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                {
                    if (line.StartsWith("RCPT", StringComparison.OrdinalIgnoreCase))
                        recipient = line.Split('<', '>')[1];

                    var isData = line.Equals("DATA", StringComparison.OrdinalIgnoreCase);
                    await writer.WriteLineAsync((isData ? "354 go on" : AnswerTo(line)).AsMemory(), _stop.Token);
                    if (!isData)
                        continue;

                    var mail = await ReadMailAsync(reader);
                    if (!MailAnswers.TryRemove(recipient, out var answer))
                        Mails.Enqueue(mail);
                    await writer.WriteLineAsync((answer ?? "250 taken").AsMemory(), _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
        }
    }

    private string AnswerTo(string line) => line.Split(' ', ':')[0].ToUpperInvariant() switch
    {
        "QUIT" => "221 bye",
        "RCPT" when RecipientAnswers.TryRemove(line.Split('<', '>')[1], out var answer) => answer,
        _ => "250 fine",
    };

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line and not ".")
            mail.Append(line).Append("\r\n");
        return mail.ToString();
    }
}
