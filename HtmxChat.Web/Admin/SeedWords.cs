using System.Globalization;

namespace HtmxChat.Web.Admin;

/// <summary>Says plausible things, the same ones in each run.</summary>
public sealed class SeedWords(Random random)
{
    static readonly string[] FirstNames = ["Ada", "Ben", "Carla", "Dmitri", "Esra", "Finn", "Grace", "Hassan", "Ines", "Jonas", "Kavya", "Léa", "Mateo", "Nadia", "Olu", "Pia", "Quentin", "Rosa", "Sven", "Tomoko"];
    static readonly string[] LastNames = ["Abbott", "Berg", "Costa", "Dietrich", "Eriksen", "Fontaine", "Gupta", "Horvat", "Ito", "Jansen", "Kowalski", "Lindqvist", "Moreau", "Novak", "Okafor", "Petrov", "Quist", "Rossi", "Silva", "Tanaka", "Urban", "Varga", "Weiss", "Yilmaz", "Zhou"];
    static readonly string[] Places = ["Greenhouse", "Workshop", "Kitchen", "Library", "Courtyard", "Studio", "Harbour", "Orchard", "Attic", "Cellar"];
    static readonly string[] Openings = ["I think", "As far as I know", "Yesterday we saw that", "Could somebody check whether", "Good news:", "It looks as if", "Before I forget,", "To my surprise"];
    static readonly string[] Things = ["the new hinge", "the second draft", "our order of boards", "the timetable", "the old pump", "the blue paint", "that spreadsheet", "the key to the shed", "the east window", "the invitation"];
    static readonly string[] Doings = ["works after all", "has to wait until Monday", "came back from repair", "needs one more pair of eyes", "is nearly done", "does not fit yet", "was moved upstairs", "should be ordered again", "turned out cheaper than expected"];
    static readonly string[] Endings = [".", ".", ".", "!", ", doesn't it?", ", so no hurry.", ", and I would rather not do it twice.", ".\nPhotos follow tonight."];
    static readonly string[] Short = ["Thanks!", "On it.", "👍", "Sounds good", "Where?", "See you there", "Ha", "Done.", "Not before noon, sorry"];

    /// <summary>A number from 0 to below the limit.</summary>
    public int Below(int limit) => random.Next(limit);

    /// <summary>The name of the person of that number; no two are alike.</summary>
    public string PersonName(int number)
    {
        var round = (number - 1) / (FirstNames.Length * LastNames.Length);
        var name = $"{FirstNames[(number - 1) % FirstNames.Length]} {LastNames[(number - 1) / FirstNames.Length % LastNames.Length]}";
        return round == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} {round + 1}");
    }

    /// <summary>The name of the room of that number; no two are alike.</summary>
    public string RoomName(int number) =>
        number <= Places.Length ? Places[number - 1] : string.Create(CultureInfo.InvariantCulture, $"{Places[number % Places.Length]} {number / Places.Length + 1}");

    /// <summary>One sentence.</summary>
    public string Sentence() => $"{Pick(Openings)} {Pick(Things)} {Pick(Doings)}.";

    /// <summary>What somebody may say: mostly a sentence, often a word or two, at times a good deal.</summary>
    public string Message() => random.Next(10) switch
    {
        < 3 => Pick(Short),
        < 9 => $"{Pick(Openings)} {Pick(Things)} {Pick(Doings)}{Pick(Endings)}",
        _ => string.Join(' ', Enumerable.Range(0, 2 + random.Next(6)).Select(_ => Sentence())),
    };

    string Pick(string[] from) => from[random.Next(from.Length)];
}
