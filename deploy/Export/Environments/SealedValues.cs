using System.Buffers.Binary;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Environments;

/// <summary>Reads <c>ENVIRONMENT.sealed.yaml</c>, which has what <c>kubeseal --raw</c> made of each secret parameter. Only the cluster can open it.</summary>
internal static class SealedValues
{
    public static string FileOf(string environment) => $"{environment}.sealed.yaml";

    public static IReadOnlyDictionary<string, string> Read(ShopModel model, SettingsFields fields)
    {
        var values = new Dictionary<string, string>();
        foreach (var parameter in model.Parameters.Where(parameter => parameter.IsSecret))
        {
            if (fields.OptionalText(parameter.Name) is not { } value)
                fields.Wrong(parameter.Name, $"is missing: pipe the value into kubeseal --raw --namespace shopflow --name {parameter.Name} --from-file=/dev/stdin");
            else if (!IsSealed(value))
                fields.Wrong(parameter.Name, "is not what kubeseal --raw writes; if it is the value itself, it is known now: choose another");
            else
                values[parameter.Name] = value;
        }

        foreach (var name in fields.Names.Where(name => model.Parameters.All(parameter => !parameter.IsSecret || parameter.Name != name)))
            fields.Wrong(name, "the model has no such secret");
        return values;
    }

    // An encrypted key of at least 2048 bits with its length before it, then the value and 16 bytes that authenticate it:
    // https://github.com/bitnami-labs/sealed-secrets/blob/main/docs/developer/crypto.md
    private static bool IsSealed(string text)
    {
        const int ShortestKey = 256;
        const int LongestKey = 1024;

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length)
            && length > 2
            && BinaryPrimitives.ReadUInt16BigEndian(bytes) is >= ShortestKey and <= LongestKey and var key
            && length >= 2 + key + 16;
    }
}
