export const OwnModel = () => (
  <main id="main">
    <h1>Your own model</h1>
  </main>
);
