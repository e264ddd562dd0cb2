// A short tone. Browsers allow none on a page that nobody has touched, and it is not for us to complain.
let last = 0;

export function play() {
  if (navigator.userActivation?.hasBeenActive === false || Date.now() - last < 2000) return;

  last = Date.now();
  const audio = new AudioContext(), tone = audio.createOscillator(), loudness = audio.createGain();
  tone.frequency.value = 660;
  loudness.gain.setValueAtTime(0.08, audio.currentTime);
  loudness.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  tone.connect(loudness).connect(audio.destination);
  tone.onended = () => audio.close();
  tone.start();
  tone.stop(audio.currentTime + 0.25);
}
