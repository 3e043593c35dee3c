namespace SmartCity.Contracts.Views;

/// <summary>Barrier-free facts of a shelter: true, false where its list says that there is none, null where it says nothing.</summary>
/// <param name="LiftOrGroundFloor">A lift, or room on the ground floor (エレベーター有/避難スペースが１階).</param>
/// <param name="Ramp">A ramp or the like at the entrance (スロープ等).</param>
/// <param name="TactilePaving">Tactile paving (点字ブロック).</param>
/// <param name="WheelchairToilet">A toilet for wheelchair users (車椅子使用者対応トイレ).</param>
public sealed record ShelterAccess(bool? LiftOrGroundFloor, bool? Ramp, bool? TactilePaving, bool? WheelchairToilet);
