namespace ShopFlow.Recommendations.Data;

/// <summary>What two products have in common.</summary>
internal enum Relation : short
{
    /// <summary>They were in the same confirmed order.</summary>
    BoughtTogether = 0,

    /// <summary>They were looked at by the same visitor on the same day, which is how substitutes show: "similar".</summary>
    ViewedTogether = 1,
}
