using System.Text;
using ShopFlow.Export.Model;

namespace ShopFlow.Export.Graph;

/// <summary>The arrows as a page with a diagram that GitHub and editors draw: https://mermaid.js.org/syntax/flowchart.html.</summary>
internal static class MermaidGraph
{
    public static string Write(ShopModel model)
    {
        var text = new StringBuilder();
        text.Append(
            """
            # Who calls whom

            Made by `./shopflow export --graph` from the model. What has no arrow here is refused in a cluster. [As a picture](call-graph.svg).

            ```mermaid
            flowchart LR

            """);

        foreach (var service in model.Services.Where(service => service.IsPublic))
            text.Append($"  internet((internet)) --> {service.Name}\n");
        foreach (var server in model.Servers)
            text.Append($"  {server.Name}[({server.Name})]\n");
        foreach (var arrow in model.Arrows)
            text.Append($"  {arrow.Caller} --> {arrow.Callee}\n");
        return text.Append("```\n").ToString();
    }
}
