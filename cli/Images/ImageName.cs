namespace ShopFlow.Cli.Images;

/// <summary>Names of images, as container engines read them.</summary>
internal static class ImageName
{
    private const string DockerHub = "docker.io";

    /// <summary>The host of the registry, and the rest. Without a host it is Docker Hub's.</summary>
    public static (string Host, string Path) Split(string name)
    {
        var slash = name.IndexOf('/');
        var first = slash < 0 ? name : name[..slash];
        var isHost = first.Contains('.') || first == "localhost" || (first.Contains(':') && slash > 0);
        return isHost ? (first, slash < 0 ? "" : name[(slash + 1)..]) : (DockerHub, name);
    }

    /// <summary>The name, and its digest or else its tag; without either it is <c>latest</c>.</summary>
    public static (string Name, string Version) SplitVersion(string name)
    {
        var at = name.IndexOf('@');
        var tagged = at < 0 ? name : name[..at];
        var colon = tagged.LastIndexOf(':');
        var (untagged, tag) = colon > tagged.LastIndexOf('/') ? (tagged[..colon], tagged[(colon + 1)..]) : (tagged, "latest");
        return (untagged, at < 0 ? tag : name[(at + 1)..]);
    }

    /// <summary>Where the registry of that host answers.</summary>
    public static string ApiHost(string host) => host == DockerHub ? "registry-1.docker.io" : host;
}
